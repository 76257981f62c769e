"""Makes whole documents of three house styles from a truth: a handbook with lists, a pack of units, one with tables."""

from dataclasses import dataclass

from .coded_units import make_units
from .listed_pages import Printer
from .structures import (
    ENDING,
    ORGANISATIONS,
    contents,
    front,
    lettered_groups,
    make_qualification,
    paragraphs_and_groups,
)
from .tabled_pages import TablePrinter


@dataclass
class Made:
    text: str
    organisation: str
    units: list
    qualifications: list
    noted: list
    has_requirements: bool


def handbook(random, noise, most=25):
    units, organisation, code = _start(random, most)
    printer = Printer(random, organisation, noise)
    qualification = make_qualification(random, 1, units, "")
    structure = paragraphs_and_groups(random, qualification, units, organisation, code)
    lines = front(random, organisation, qualification.title, f"{code}-04") + contents(random, units)
    lines += ["1 Introduction to the qualification", "", f"Qualification title and level\t{qualification.title}"]
    lines += [f"{organisation} qualification number\t{code}-04"]
    lines += [f"Qualification accreditation number\t{qualification.qan}", "", "1.1 Qualification structure", ""]
    lines += [*structure, "", "2 Centre requirements", "", "Centres need a quay.", "", "5 Units", ""]
    lines += printer.footer * 3
    return _made(lines, printer, units, organisation, [qualification])


def pack(random, noise, most=25):
    units, organisation, code = _start(random, most)
    printer = Printer(random, organisation, noise)
    printer.is_marked = True
    qualification = make_qualification(random, 1, units, "")
    title = f"# NVQ in Boat Keeping ({code})"
    lines = [title, "", "Level 3 imported unit pack", "", "May 2011 Version 1.0", "", "# Contents", ""]
    lines += [f"<b>Unit {u.number}</b>\t<b>{u.title}</b>\t<b>{14 + n}</b>" for n, u in enumerate(units)]
    lines += ["", "# 1 Introduction", "", "This document contains imported units for these qualifications:", ""]
    lines += [f"Title and level\t{organisation} number\tAccreditation number"]
    lines += [f"{qualification.title}\t{code}-03\t{qualification.qan}", "", "## List of imported units", ""]
    lines += [f"UAN\t{organisation} unit\tUnit title\tLevel\tGLH\tCredit value\tL2 Cert\tL3 Dip"]
    for u in units:
        lines.append(f"{u.uan}\t{u.number}\t{u.title}\t{u.level}\t{u.glh}\t{u.credit}\t\t✓")
    lines += ["", f"For the handbook see www.lanterns.example. Published by {organisation}.", ""]
    lines += printer.footer * 3
    return _made(lines, printer, units, organisation, [])


def tables(random, noise, most=25):
    units, organisation, code = _start(random, most)
    printer = TablePrinter(random, noise)
    replaced = random.random() < 0.4
    if replaced:
        units[1].mark, units[-1].mark, units[-1].title = "*", "**", units[1].title
    found, structures = [], []
    for n in range(random.randint(1, 4)):
        chosen = sorted(random.sample(range(len(units)), random.randint(min(4, len(units)), len(units))))
        everywhere = range(len(units)) if n == 0 else chosen
        qualification = make_qualification(random, n, units, "ABCD"[n])
        structures += lettered_groups(random, qualification, [units[i] for i in everywhere], organisation)
        found.append(qualification)
    if replaced:
        structures += ["* Learners registered before 1st July 2017 should use this unit.", ""]
        structures += ["** Learners registered after 1st July 2017 should use this unit.", ""]
    lines = front(random, organisation, "NVQ in Boat Keeping", code) + contents(random, units)
    lines += ["Structure", "", *structures, "", "2 Centre requirements", "", "Centres need a quay.", "", "5 Units", ""]
    lines += ["Summary of units", "", "Unit\tUnit title\tCredits"]
    lines += [f"{unit.number}\t{unit.title}\t{unit.credit}" for unit in units] + [""]
    return _made(lines, printer, units, organisation, found)


def _start(random, most):
    return make_units(random, random.randint(4, most)), random.choice(ORGANISATIONS), random.choice(["4430", "712"])


def _made(lines, printer, units, organisation, qualifications):
    is_listed = isinstance(printer, Printer)
    for unit in units:
        lines = [*lines, *printer.page(unit)]
    return Made("\n".join([*lines, *ENDING]) + "\n", organisation, units, qualifications, printer.noted, is_listed)
