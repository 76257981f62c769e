"""Damage done to a document, of every kind that copying, converting and saving does: step by step, and to its bytes.

A `Step` changes lines. `at` and `other` are places in the document, from 0 to 1; `run` is how many lines in a row,
`every` how far apart; `kind` says what lines are looked for from there. The same steps always do the same.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

CODE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})")
MARKUP = re.compile(r"</?(?:p|b)>")
KINDS = {
    "any": re.compile(""),
    "code": re.compile(r"(?:^|[\s|>])[0-9]{1,2}\.[0-9]{1,2}\b"),
    "unit": re.compile(r"^\W{0,6}Unit|[A-Z]/[0-9]{3}/[0-9]{4}", re.IGNORECASE),
    "row": re.compile(r"\t|^\s*\|"),
    "label": re.compile(r"level|credit|GLH|evidence req|learning outcome|assessment crit", re.IGNORECASE),
    "rule": re.compile(r"[0-9]{3}/[0-9]{4}/|group|mandatory|credits? (?:from|at|must)", re.IGNORECASE),
}
SEARCHED = 400


@dataclass(frozen=True)
class Step:
    name: str
    kind: str
    at: float
    other: float
    run: int
    every: int

    def taken(self, lines: list[str]) -> None:
        """Changes the lines in place."""
        if lines:
            here = _nearest(lines, int(self.at * (len(lines) - 1)), KINDS[self.kind])
            there = _nearest(lines, int(self.other * (len(lines) - 1)), KINDS[self.kind])
            WHOLE.get(self.name, _each)(self, lines, here, there)


def _nearest(lines: list[str], index: int, wanted: re.Pattern) -> int:
    return next((i for i in range(index, min(len(lines), index + SEARCHED)) if wanted.search(lines[i])), index)


def _each(step: Step, lines: list[str], here: int, there: int) -> None:
    change = LINE[step.name]
    for i in range(here, min(len(lines), here + step.run * step.every), step.every):
        lines[i] = change(lines[i], step)


# --- What is done to lines as such ----------------------------------------------------------------------


def _drop(step: Step, lines: list[str], here: int, there: int) -> None:
    del lines[here : here + step.run]


def _double(step: Step, lines: list[str], here: int, there: int) -> None:
    lines[here:here] = lines[here : here + step.run]


def _copy(step: Step, lines: list[str], here: int, there: int) -> None:
    lines[there:there] = lines[here : here + step.run]


def _move(step: Step, lines: list[str], here: int, there: int) -> None:
    part = lines[here : here + step.run]
    del lines[here : here + step.run]
    lines[there:there] = part


def _swap(step: Step, lines: list[str], here: int, there: int) -> None:
    lines[here], lines[there] = lines[there], lines[here]


def _shuffle(step: Step, lines: list[str], here: int, there: int) -> None:
    part = lines[here : here + step.run]
    lines[here : here + step.run] = part[::-1] if step.every % 2 else part[1::2] + part[::2]


def _join(step: Step, lines: list[str], here: int, there: int) -> None:
    glue = (" ", "\t", "", "<p>")[step.every % 4]
    lines[here : here + 1 + step.run % 4] = [glue.join(lines[here : here + 1 + step.run % 4])]


def _split(step: Step, lines: list[str], here: int, there: int) -> None:
    at = int(len(lines[here]) * step.other)
    lines[here : here + 1] = [lines[here][:at], *[""] * (step.run % 3), lines[here][at:]]


def _split_cells(step: Step, lines: list[str], here: int, there: int) -> None:
    lines[here : here + 1] = re.split(r"\t|</p>", lines[here])


def _insert(step: Step, lines: list[str], here: int, there: int) -> None:
    lines.insert(here, STRANGERS[int(step.other * (len(STRANGERS) - 1))])


def _page_break(step: Step, lines: list[str], here: int, there: int) -> None:
    head = next((line for line in lines[:here][::-1] if KINDS["unit"].search(line)), "")
    lines[here:here] = ["", str(step.run), "", head, ""]


def _move_cell(step: Step, lines: list[str], here: int, there: int) -> None:
    cells = lines[here].split("\t")
    moved = cells.pop(int(step.other * (len(cells) - 1)))
    lines[here] = "\t".join(cells)
    at = min(len(lines) - 1, here + 1 + step.run % 3)
    lines[at] = f"{moved}\t{lines[at]}" if step.every % 2 else f"{lines[at]} {moved}"


def _cut_off(step: Step, lines: list[str], here: int, there: int) -> None:
    del lines[max(here, len(lines) - step.run * step.every) :]


STRANGERS = (
    "## Unit A/900/0171", "1.1", "2.2 ", "- 3.1 \n", "\t\t\t", "| | 4.1 | |", "Group Z", "Learning Outcome", "<p>",
    "| --- | --- |", "601/4756/8", "Page 12 of 90", "12", "www.harbour.example", "Appendix 1 Where to ask",
    "&#" + "9" * 5000 + ";", "&nbsp;&amp;lt;&#0;&#x110000;", "1.2\tShow the lamp to whoever asks", "<b><i><u>", "** **",
    "Learning outcomes\tAssessment criteria", "The learner will:", "The learner can:", "Level: 3", "Credit value: 7",
    "Learners must achieve 12 credits from Group A.", "Minimum of 4 units from the optional units", "\ufeff", "\u2028",
    "Evidence requirements", "1 Your evidence must show all of these:", "a) lamps", "AC1.2: Trim the lamp", "\u202e1.1",
    "| Unit | UAN | Title | Level | Credit | GLH |", "Unit 999", "UAN: A/900/0171", "Simulation is not allowed.", "١.٢",
)  # fmt: skip
WHOLE: dict[str, Callable[[Step, list[str], int, int], None]] = {
    "drop": _drop, "double": _double, "copy": _copy, "move": _move, "swap": _swap, "shuffle": _shuffle, "join": _join,
    "split": _split, "split cells": _split_cells, "insert": _insert, "page break": _page_break,
    "move cell": _move_cell, "cut off": _cut_off,
}  # fmt: skip

# --- What is done to the inside of lines -----------------------------------------------------------------


def _replacing(old: str, new: str) -> Callable[[str, Step], str]:
    return lambda line, step: line.replace(old, new)


def _at(line: str, step: Step) -> int:
    return int(len(line) * step.other)


def _put(line: str, step: Step, text: str) -> str:
    return line[: _at(line, step)] + text + line[_at(line, step) :]


def _cell(line: str, step: Step, text: str) -> str:
    cells = line.split("\t")
    cells[int(step.other * (len(cells) - 1))] = text
    return "\t".join(cells)


def _code(line: str, step: Step) -> str:
    """Another code in place of the first: lost, without its stroke, the next one's, another outcome's."""
    forms = ("", r"\1\2", r"\1.\g<2>1", r"1.\2", r"\1. \2", r"\1.l", r"\2.\1", r"\1,\2", r"\1.0", r"99.\2", r"\1.\2.1")
    return CODE.sub(forms[int(step.other * (len(forms) - 1))], line, count=1)


def _figure(line: str, step: Step) -> str:
    return re.sub("[0-9]", str(int(step.other * 9)), line, count=1)


LINE: dict[str, Callable[[str, Step], str]] = {
    "spaces for tabs": _replacing("\t", "    "),
    "tabs for spaces": _replacing(" ", "\t"),
    "one space for tabs": _replacing("\t", " "),
    "pipes": lambda line, step: "| " + line.replace("\t", " | ") + " |",
    "no pipes": _replacing("|", " "),
    "half pipes": lambda line, step: "|" + line.replace("\t", "|"),
    "bullet": lambda line, step: "-•*▪"[int(step.other * 3)] + " " + line,
    "indent": lambda line, step: "   \t"[int(step.other * 3)] * 3 + line,
    "heading": lambda line, step: "#" * (1 + int(step.other * 6)) + " " + line,
    "bold": lambda line, step: f"**{line}**",
    "no-break spaces": _replacing(" ", "\u00a0"),
    "thin spaces": _replacing(" ", "\u2009"),
    "zero width": lambda line, step: _put(line, step, "\u200b"),
    "zero width everywhere": lambda line, step: "\u200b".join(line),
    "zero width in codes": lambda line, step: CODE.sub("\\1\u200b.\\2", line),
    "soft hyphen": lambda line, step: _put(line, step, "\u00ad"),
    "hyphen broken": lambda line, step: re.sub(r"(\w\w)(\w\w\w)", r"\1- \2", line, count=1),
    "smart quotes": lambda line, step: line.replace("'", "’").replace('"', "“"),
    "straight quotes": lambda line, step: line.replace("’", "'").replace("“", '"'),
    "dashes": _replacing("-", "–"),
    "ligatures": lambda line, step: line.replace("fi", "ﬁ").replace("ff", "ﬀ"),
    "decomposed": lambda line, step: line.replace("e", "e\u0301"),
    "wide figures": lambda line, step: line.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "entities": lambda line, step: line.replace("&", "&amp;").replace("’", "&rsquo;").replace(" ", "&nbsp;"),
    "tags as entities": lambda line, step: line.replace("<", "&lt;").replace(">", "&gt;"),
    "entity": lambda line, step: _put(line, step, "&#" + "9" * min(300 * step.run, 9000) + ";"),
    "tags lost": lambda line, step: MARKUP.sub("", line),
    "tag lost": lambda line, step: MARKUP.sub("", line, count=1),
    "tag broken": lambda line, step: line.replace(">", "", 1),
    "tag never closed": lambda line, step: _put(line, step, "<p"),
    "other tags": lambda line, step: line.replace("<p>", "<script>").replace("<b>", "<B class='x'>"),
    "paragraph": lambda line, step: _put(line, step, "</p><p>"),
    "cell split": lambda line, step: _put(line, step, "\t"),
    "cell merged": lambda line, step: line.replace("\t", "", 1),
    "cell emptied": lambda line, step: _cell(line, step, ""),
    "cells turned": lambda line, step: "\t".join(line.split("\t")[::-1]),
    "cell added": lambda line, step: "\t" + line,
    "cut short": lambda line, step: line[: _at(line, step)],
    "beginning lost": lambda line, step: line[_at(line, step) :],
    "emptied": lambda line, step: "",
    "capitals": lambda line, step: line.upper(),
    "small": lambda line, step: line.lower(),
    "code": _code,
    "figure": _figure,
    "letter lost": lambda line, step: line[: _at(line, step)] + line[_at(line, step) + 1 :],
    "repeated": lambda line, step: " ".join([line] * (1 + step.run % 3)),
}  # fmt: skip
NAMES = (*WHOLE, *LINE)

# --- What is done to bytes ---------------------------------------------------------------------------------

ENCODINGS: dict[str, Callable[[str, float], bytes]] = {
    "utf-8": lambda text, at: text.encode("utf-8", "replace"),
    "utf-8 with mark": lambda text, at: text.encode("utf-8-sig", "replace"),
    "cp1252": lambda text, at: text.encode("cp1252", "replace"),
    "latin-1": lambda text, at: text.encode("latin-1", "replace"),
    "twice": lambda text, at: text.encode("utf-8", "replace").decode("latin-1").encode(),
    "utf-16": lambda text, at: text.encode("utf-16", "replace"),
    "utf-16 without mark": lambda text, at: text.encode("utf-16-le", "replace"),
    "utf-16 halved": lambda text, at: text.encode("utf-16", "replace")[: int(len(text) * 2 * at) | 1],
    "crlf": lambda text, at: text.replace("\n", "\r\n").encode("utf-8", "replace"),
    "cr": lambda text, at: text.replace("\n", "\r").encode("utf-8", "replace"),
    "truncated": lambda text, at: text.encode("utf-8", "replace")[: int(len(text) * at)],
    "half latin-1": lambda text, at: _mixed(text, at),
    "a bad byte": lambda text, at: _broken(text, at, b"\xe2\x80"),
    "nul": lambda text, at: _broken(text, at, b"\x00"),
    "next lines": lambda text, at: text.replace("\n", "\u2028\n").encode("utf-8", "replace"),
}


def _mixed(text: str, at: float) -> bytes:
    at = int(len(text) * at)
    return text[:at].encode("utf-8", "replace") + text[at:].encode("latin-1", "replace")


def _broken(text: str, at: float, wrong: bytes) -> bytes:
    at = int(len(text) * at)
    return text[:at].encode("utf-8", "replace") + wrong + text[at:].encode("utf-8", "replace")


def damaged(text: str, steps: list[Step], encoding: str, at: float) -> bytes:
    """The document's bytes after all of that."""
    lines = text.split("\n")
    for step in steps:
        step.taken(lines)
    return ENCODINGS[encoding]("\n".join(lines), at)
