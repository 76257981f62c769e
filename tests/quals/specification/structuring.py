"""How the structures of a text are read."""

from quals.specification.checks import qan_check_character, uan_check_character
from quals.specification.findings import Findings
from quals.specification.read import Line
from quals.specification.structures.qualifications import read_qualifications
from quals.specification.structures.structure import read_structures


def lines_of(text):
    return [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]


def uan(digits):
    return f"{uan_check_character(digits)}/{digits}"


def qan(digits):
    return f"{digits}/{qan_check_character(digits)}"


def structures(text):
    findings = Findings()
    return read_structures(lines_of(text), None, findings), findings.as_list()


def qualifications(text, pages_start=None):
    findings = Findings()
    return read_qualifications(lines_of(text), pages_start, findings), findings.as_list()


def codes(findings):
    return [(finding["line"], finding["severity"], finding["code"]) for finding in findings]


U1, U2, U3, U4 = uan("700/0001"), uan("700/0002"), uan("700/0003"), uan("700/0004")
HEAD = "Unit reference number\tUnit\tUnit title\tLevel\tGLH\tCredit value"
ROWS = [
    f"{U1}\t101\tMend a kite\t2\t20\t4",
    f"{U2}\t102\tFly a kite safely\t2\t10\t2",
    f"{U3}\t201\tTeach others to fly\t3\t30\t5",
    f"{U4}\t202\tBuild a box kite\t3\t25\t6",
]


def handbook(*middle, **changes):
    first, second = qan("600/7001"), qan("600/7002")
    lines = [
        "Kite handbook",
        "Structure",
        f"Level 2 Award in Kite Flying (QAN {first})",
        "To gain the Level 2 Award in Kite Flying candidates need **6** credits, of which at least 4 must be fun.",
        f"{HEAD}\tBarred units",
        "Mandatory Group A\t\t\t\t\t\t",
        f"{ROWS[0]}\t",
        f"Level 3 Diploma in Kite Flying (QAN {second})",
        "Learners must achieve 9 credits",
        f"{HEAD}\tBarred units",
        "Mandatory Group A\t\t\t\t\t\t",
        f"{ROWS[0]}\t",
        "Optional Group B\t\t\t\t\t\t",
        f"{U3}\t201*\tTeach others to fly\t3\t30\t5\t202",
        f"{U4}\t202**\tBuild a box kite\t3\t25\t6\t201",
        "",
        *middle,
        "2 Centre requirements",
        "Unit 101 Mend a kite",
        f"UAN: {U1}",
    ]
    return "\n".join(lines)


NOTES = (
    "* Anybody registered before 1st May 2019 takes this unit.",
    "",
    "** Anybody registered after 1st May 2019 takes this unit.",
)
