"""The many ways of printing one rule are brought into the one form that the grammar reads."""

import re

from .vocabulary import FIGURE, GROUPS, LEAST, LEVEL, MOST, ONE_OF, SEPARATOR, UNIT_KEY, UNIT_LIST, figure

GLUED = re.compile(r"(?<=[A-Za-z0-9])\(")
NOTE = re.compile(r"^(?:please )?note(?: that\b|:)(?: that\b)? ?|^please ", re.IGNORECASE)
COMMA = re.compile(r" ?, ?")
TO_ACHIEVE = re.compile(
    r"^(?:In order )?to (?:achieve|gain|complete|obtain|be awarded) [^.;]{1,200}?"
    r"(?=,? (?:the |a )?(?:learners?|candidates?)\b)",
    re.IGNORECASE,
)
# A label with its number: "Minimum number of credits at level 3: 40", "Minimum Credit Value: 67", "Total credits: 37".
LABEL = re.compile(r"^(?P<label>[^.;]{3,200}?) ?[:–-]? (?P<amount>[0-9]{1,3})(?: (?:credits?|units?))?\.?$")
COUNTED = re.compile(
    r"\b(?P<bound>minimum|maximum)? ?(?:total )?(?:number of )?(?P<kind>mandatory |optional )?"
    r"(?P<measure>credits?|units)"
    r"(?: value| total)?(?P<required> required)?(?= |:|$)",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"\b(?:number of|value|minimum|maximum|total|credits? required|units required|credits? (?:at|from))\b"
    r"|^(?:mandatory |optional |core )?credits?$",
    re.IGNORECASE,
)
NO_LABEL = re.compile(r"\b(?:from|at least|no more than|not|and|of|to|level|groups?)$|\bexceed\b", re.IGNORECASE)
MEASURE = r"(?:mandatory |optional )?(?:credits?|units?)"
TAKE = r"(?:take|choose|select|achieve|claim|count|use|include|complete)"
MAY_NOT = r"(?:can ?not|may not|must not|should not)"
# Each phrasing with the usual one. The order counts: numbers first, then bounds, then what they are of.
USUAL = tuple(
    (re.compile(pattern, re.IGNORECASE), usual)
    for pattern, usual in (
        (rf"\bbetween (?P<low>{FIGURE}) and (?P<high>{FIGURE}) (?P<measure>credits|units)\b", None),
        (r"(?<![/.–-])\b(?<!level )(?<!levels )(?<!unit )(?<!units )(?P<low>[0-9]{1,3})(?: ?[–-] ?| to )"
         r"(?P<high>[0-9]{1,3}) (?P<measure>credits|units)\b", None),
        (rf"\b(?:{LEAST}) (?P<low>{FIGURE})(?: {MEASURE})?,? (?:and|but|with) (?:{MOST}) (?P<high>{FIGURE})"
         r" (?P<measure>credits|units)\b", r"at least \g<low> \g<measure> and at most \g<high> \g<measure>"),
        (rf"(?<![0-9a-z] of )(?<!least )\b(?P<amount>{FIGURE}) or more (?P<measure>{MEASURE})\b",
         r"at least \g<amount> \g<measure>"),
        (rf"(?<!least )\b(?P<amount>{FIGURE}) (?P<measure>{MEASURE}) or more\b", r"at least \g<amount> \g<measure>"),
        (rf"\b(?P<amount>{FIGURE}) (?P<measure>{MEASURE}),? \(?(?P<bound>min(?:imum)?|max(?:imum)?)\b\.?\)?"
         rf"(?! (?:of )?{FIGURE}\b)(?! of\b)", r"\g<bound> of \g<amount> \g<measure>"),
        (r"\bmin\b\.?", "minimum"),
        (r"\bmax\b\.?", "maximum"),
        (rf"\b(?P<measure>credits|units)(?P<of> [^.;]{{1,80}}?)?"
         rf" (?:{MAY_NOT} exceed|(?:is|are) (?:limited to|capped at)) (?:a maximum of )?"
         rf"(?P<amount>{FIGURE})\b(?: (?:credits|units))?",
         r"at most \g<amount> \g<measure>\g<of>"),
        (rf"\b{MAY_NOT} (?P<verb>{TAKE}) more than\b", r"may \g<verb> at most"),
        (rf"\b(?P<may>may|can) only (?P<verb>{TAKE}) (?={FIGURE}\b)", r"\g<may> \g<verb> only "),
        (r"\b(?P<bound>minimum|maximum) (?:total )?(?:credit value|number of (?:credits|units)|credits?|value) of"
         rf" (?={FIGURE}\b)", r"\g<bound> of "),
        (r"\bat or above (?:qualification )?level (?P<level>[1-8])\b", r"at level \g<level> or above"),
        (r"\b(?P<level>level [1-8]) \((?P<above>(?:or|and) (?:above|higher))\)", r"\g<level> \g<above>"),
        (r"\b(?:every|each) unit (?=(?:in|from|of|within) )", "all units "),
        (r"(?<!from )(?<!of )\bthe (?P<kind>mandatory|core) units(?=,? (?:and|plus|with|together with|as well as)\b)",
         r"all the \g<kind> units"),
        (r"\b(?:one|1) unit (?P<from>(?:(?:must|should) be )?(?:taken |chosen |selected )?from) either"
         r"(?= .{0,9}group )", r"one unit \g<from>"),
        (r"\bgroups?(?:,|:| \() ?(?=[A-Z](?:,| and | or |/|\)))", "groups "),
        (rf"\bfrom the following(?: units)?:? (?={UNIT_KEY})(?![0-9]{{1,3}} (?:credits|units))", "from units "),
        (rf"\bfrom (?=(?!zero){UNIT_KEY}(?:{SEPARATOR}{UNIT_KEY})+)(?![0-9]{{1,3}} (?:credits|units))", "from units "),
    )
)  # fmt: skip
IN_WORDS_TOO = re.compile(rf"\b(?P<one>{FIGURE}) \((?P<other>{FIGURE})\)(?! ?[-–])", re.IGNORECASE)
LEAST_OF = re.compile(
    rf"\b(?:{LEAST}) (?P<amount>{FIGURE}) of(?: the)? (?:following(?: units)?|units)\b:?(?=[^.;]{{0,60}}[0-9])",
    re.IGNORECASE,
)
ONLY = re.compile(rf"\bonly (?={FIGURE} {MEASURE}\b)", re.IGNORECASE)
PERMITS = re.compile(r"\b(?:may|can)\b", re.IGNORECASE)
OF_WHICH = re.compile(
    rf",? (?P<bound>(?:{LEAST}|{MOST}) )?(?P<amount>{FIGURE}) of (?:which|these|them)\b", re.IGNORECASE
)
WITHOUT_MEASURE = re.compile(
    rf"(?:(?<=[(:,] )|(?<=\()|(?<=\band )|(?<=\bplus )|(?<=\bwith )|(?<=\bof which )"
    rf"|(?P<bound>\b(?:{LEAST}|{MOST}) ))(?P<amount>{FIGURE}) "
    r"(?=(?:must |may |can |should )?(?:be |come )?(?:from|at level)\b)",
    re.IGNORECASE,
)
REMAINS = re.compile(rf"\b(?:remaining|balance of(?: the)?|rest of the|remainder of the) {MEASURE}\b", re.IGNORECASE)
MEASURED = re.compile(rf"\b{FIGURE}(?: of(?: the)?)?(?: further| additional)? ?{MEASURE}\b", re.IGNORECASE)


def usual_form(text: str, title: str = "") -> str:
    """A sentence without its qualification's title, with labels, ranges and lists in the usual order of words."""
    text = " ".join(GLUED.sub(" (", text.replace("**", "")).split())
    if title:
        text = re.sub(re.escape(title), "qualification", text, flags=re.IGNORECASE)
    text = TO_ACHIEVE.sub("", NOTE.sub("", text))
    text = COMMA.sub(", ", text).replace("  ", " ")
    if (label := LABEL.match(text)) and LABELLED.search(label.group("label")):
        text = _from_label(label.group("label"), label.group("amount")) or text
    text = IN_WORDS_TOO.sub(_one_figure, text)
    for pattern, usual in USUAL:
        text = pattern.sub(usual or _range, text)
    if PERMITS.search(text):
        text = ONLY.sub("at most ", text)
    text = ONE_OF.sub(lambda m: f"at most {m.group('amount')} units from units", text)
    text = LEAST_OF.sub(lambda m: f"at least {m.group('amount')} units from units", text)
    text = re.sub(r"\bunits units\b", "units", text)
    return _with_measures(text)


def _with_measures(text: str) -> str:
    """ "40 credits, 10 from Group A and at least 5 of which at level 4": all three are credits."""
    first = MEASURED.search(text) or REMAINS.search(text)
    if first is None:
        return text
    measure = "credits" if "credit" in first.group(0).lower() else "units"
    head, tail = text[: first.end()], text[first.end() :]
    tail = OF_WHICH.sub(lambda m: f", of which {m.group('bound') or ''}{m.group('amount')} {measure}", tail)
    lists = [match for match in UNIT_LIST.finditer(tail) if " " in match.group(0)]
    taken = [match.span() for match in [*GROUPS.finditer(tail), *lists]]

    def measured(match: re.Match) -> str:
        if any(start <= match.start("amount") < end for start, end in taken):
            return match.group(0)
        return f"{match.group('bound') or ''}{match.group('amount')} {measure} "

    return head + WITHOUT_MEASURE.sub(measured, tail)


def _range(match: re.Match) -> str:
    measure = match.group("measure")
    if figure(match.group("low")) >= figure(match.group("high")):
        return match.group(0)
    return f"at least {match.group('low')} {measure} and at most {match.group('high')} {measure}"


def _one_figure(match: re.Match) -> str:
    """ "12 (twelve)" is 12; two different numbers stay as they are."""
    one, other = match.group("one"), match.group("other")
    return one if one.isdigit() != other.isdigit() and figure(one) == figure(other) else match.group(0)


def _from_label(label: str, amount: str) -> str | None:
    """ "Minimum number of optional credits that must be achieved" and 24: "minimum of 24 optional credits that …"."""
    counted = COUNTED.search(label)
    other = GROUPS.sub(" ", LEVEL.sub(" ", label))
    if counted is None or NO_LABEL.search(label) or re.search(rf"\b{FIGURE}\b", other, re.IGNORECASE):
        return None
    bound = (counted.group("bound") or "").lower()
    bound = bound or ("maximum" if re.search(MOST, label, re.IGNORECASE) else "")
    kind, measure = counted.group("kind") or "", counted.group("measure").rstrip("s") + "s"
    amount = f"{bound + ' of ' if bound else ''}{amount} {kind}{measure} required"
    rest = re.sub(r"\((?:minimum|maximum)\)", " ", label[: counted.start()] + " " + amount + label[counted.end() :])
    return " ".join(rest.split())
