"""What an evidence requirement demands: which kind it is of, and how many items of its list have to be shown."""

import re
from typing import Literal

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER = rf"(?P<number>{'|'.join(NUMBERS)}|[0-9]{{1,2}})"
LISTED = r"(?:these|those|the following|them|the list|this list|the items|the below|the ones)\b"
CHOICE = re.compile(rf"\b{NUMBER}(?: or more)?(?: [\w-]+){{0,3}} (?:of|from|out of) (?:any of )?{LISTED}", re.I)
CHOICE_AT_END = re.compile(
    rf"\b(?:any|at least|(?:a )?minimum of|least|either|only) {NUMBER}\b(?: [\w-]+){{0,3}}(?: (?:of|from))?:?$", re.I
)
EITHER = re.compile(r"\b(?:either|any of|one or other of)(?: of)?(?: these| the following)?:?$", re.I)
ANY_NUMBER = re.compile(rf"\b{NUMBER}\b", re.I)
PERMITS = re.compile(
    r"\b(?:may|can|could)(?: also| either)? (?:be|include|relate|come|take|use|cover|consist)\b[^.;]{0,200}:?$", re.I
)
FORBIDS = re.compile(
    r"\bnot (?:be )?(?:allowed|permissible|permitted|acceptable|accepted|used|valid)\b"
    r"|\b(?:must|may|can|should) ?not\b|\bno simulation\b",
    re.I,
)
CONTEXT = re.compile(
    r"\breal (?:job|work|customers?|working environment|workplace)\b|\bpaid or voluntary\b|\bworkplace\b"
    r"|\borganisation['’]? (?:from which|that) you (?:draw|take|collect|gather)\b"
    r"|\borganisation (?:that )?you work for\b|\bevidence\b[^.]{0,60}\bthrough work in\b"
    r"|\bevidence (?:must|should|needs to|has to) (?:come|arise|be (?:collected|gathered|drawn|taken|generated))\b"
    r"[^.;]{0,100}\breal\b"
    r"|\b(?:private|public|voluntary) sector\b|\bnormal (?:place of )?work\b",
    re.I,
)
PERIOD = re.compile(
    r"\bperiods? of (?:time\b|(?:at least |a minimum of |no less than |up to )?[0-9a-z]+ (?:days|weeks|months)\b)"
    r"|\bover (?:a |some )?time\b"
    r"|\bover (?:at least |a minimum of )?[0-9a-z]+ (?:days|weeks|months)\b",
    re.I,
)
OCCASIONS = re.compile(
    rf"\boccasions?\b|\bdifferent customers\b|\bmore than once\b|\b{NUMBER} (?:separate |different )?times\b", re.I
)
COVERS = re.compile(
    r"\b(?:must|should|need to|has to|have to)\b[^.]{0,80}\b(?:include|cover)\b|\bexamples? of\b"
    rf"|\b{NUMBER} different\b",
    re.I,
)
OR_AT_END = re.compile(r"\bor$", re.I)

Choice = int | Literal["all"] | None


def choice_of(lead: str, items: list[str]) -> tuple[Choice, str]:
    """How many items of its list a requirement demands, and the doubt about it, if any."""
    if not items:
        return None, ""
    lead = lead.rstrip(" .–-")
    number = next((found["number"] for found in (CHOICE.search(lead), CHOICE_AT_END.search(lead)) if found), None)
    if number:
        return _limited(_figure(number), len(items))
    if EITHER.search(lead) or any(OR_AT_END.search(item.rstrip(" ;,.")) for item in items[:-1]):
        return 1, ""
    if PERMITS.search(lead) or FORBIDS.search(lead):
        return None, ""
    other = next((found for found in ANY_NUMBER.finditer(_last_clause(lead)) if _figure(found["number"]) > 0), None)
    if other and 1 < _figure(other["number"]) < len(items):
        return (
            "all",
            f"The sentence names a number ({other['number']}) and {len(items)} items follow: read as all of them.",
        )
    return "all", ""


def kind_of(lead: str, items: list[str], choose: Choice) -> str:
    """Context, period or occasions where the sentence says so; a list that has to be shown is coverage."""
    if isinstance(choose, int):
        return "coverage"
    if CONTEXT.search(lead):
        return "context"
    if PERIOD.search(lead):
        return "period"
    if OCCASIONS.search(lead) and not items:
        return "occasions"
    if FORBIDS.search(lead):
        return "prohibition"
    if choose == "all" or COVERS.search(lead):
        return "coverage"
    return "other"


def _limited(number: int, size: int) -> tuple[Choice, str]:
    if number > size:
        return "all", f"{number} are to be chosen of a list of {size}: read as all of them; an item may be lost."
    return max(number, 1), ""


def _last_clause(lead: str) -> str:
    return re.split(r"[.;]", lead)[-1]


def _figure(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS.index(text.lower()) + 1
