"""What the importer promises of any file whatever: a pack that holds together and invents nothing, or one sentence."""

import html
import re
from collections.abc import Iterator

from quals.specification import NotASpecification, document_lines, read_specification, validate

MARKS = re.compile(r"</?(?:p|br|li|ul|ol|div|b|i|u|em|strong|sup|sub|span|font)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
NOT_WORD = re.compile(r"[\W_]+")
REACH = 150  # lines, from where a criterion or an outcome begins to the last of its wording
UNIT_REACH = 1000  # the same, from the beginning of a unit
LONGEST_SENTENCE = 400


def read(data: bytes) -> dict | str:
    """The pack, or the sentence with which the file is refused."""
    try:
        return read_specification(data, "damaged.txt")
    except NotASpecification as refusal:
        return refusal.message


def broken_promises(data: bytes) -> list[str]:
    """What was promised of these bytes and did not come true; an exception is one more."""
    pack = read(data)
    if isinstance(pack, str):
        is_sentence = pack.endswith(".") and "\n" not in pack and len(pack) < LONGEST_SENTENCE
        return [] if is_sentence else [f"no sentence: {pack!r}"]
    return broken_in(pack, document_lines(data))


def broken_in(pack: dict, lines: list[str]) -> list[str]:
    validate(pack)
    return [*_lines_that_are_not_there(pack, len(lines)), *_codes_twice(pack), *_invented(pack, Printed(lines))]


def _lines_that_are_not_there(pack: dict, count: int) -> Iterator[str]:
    cited = [("finding", finding["line"]) for finding in pack["findings"] if finding["line"] is not None]
    for qualification in pack["qualifications"]:
        cited += [("rule", line) for rule in qualification["rules"] for line in rule["printed"]]
    for unit in pack["units"]:
        cited += [("unit", unit["line"]), *(("outcome", outcome["line"]) for outcome in unit["outcomes"])]
        cited += [("criterion", each["line"]) for outcome in unit["outcomes"] for each in outcome["criteria"]]
    return (f"{what} in line {line} of {count}" for what, line in cited if not 0 < line <= count)


def _codes_twice(pack: dict) -> Iterator[str]:
    for unit in pack["units"]:
        for outcome in unit["outcomes"]:
            codes = [criterion["code"] for criterion in outcome["criteria"]]
            if len(set(codes)) < len(codes):
                yield f"unit {unit['key']}: a code of outcome {outcome['number']} is there twice"


def _invented(pack: dict, printed: "Printed") -> Iterator[str]:
    """Wording that the document does not have, without a repair of its criterion, outcome or requirement."""
    repaired = {finding["subject"] for finding in pack["findings"] if finding.get("read")}
    for subject, text, line, reach in _wordings(pack):
        if subject not in repaired and not printed.has(text, line, reach):
            yield f"{subject} (line {line}) is not in the document: {text!r}"


def _wordings(pack: dict) -> Iterator[tuple[str, str, int, int]]:
    """Each with its subject, and the lines in which it has to stand."""
    for unit in pack["units"]:
        name = f"unit {unit['key']}"
        for outcome in unit["outcomes"]:
            yield f"{name}, outcome {outcome['number']}", outcome["text"], outcome["line"], REACH
            for criterion in outcome["criteria"]:
                yield f"{name}, {criterion['code']}", criterion["text"], criterion["line"], REACH
        for requirement in unit["evidence_requirements"]:
            for text in (requirement["text"], *requirement.get("of", [])):
                yield f"{name}, evidence requirement {requirement['number']}", text, unit["line"], UNIT_REACH


class Printed:
    """A document's lines as letters and figures alone."""

    def __init__(self, lines: list[str]):
        self.lines = lines
        self.text = _printed(lines)

    def has(self, text: str, line: int, reach: int) -> bool:
        """Whether it stands there as it is; else, whether all of it does in the rows from this line on: between the
        parts of a table's cell stand those of others."""
        if bare(text) in self.text:
            return True
        near = _printed(self.lines[line - 1 : line + reach])
        return all(bare(word) in near for word in MARKS.sub(" ", text).split())


def _printed(lines: list[str]) -> str:
    return "".join(bare(_unescaped(cell)) for line in lines for cell in line.split("\t"))


def bare(text: str) -> str:
    return NOT_WORD.sub("", MARKS.sub(" ", text)).casefold()


def _unescaped(line: str) -> str:
    try:
        return html.unescape(line)
    except ValueError:  # a number of thousands of digits
        return line
