"""The words in which rules of combination are printed: amounts, levels, groups, units, and what joins them."""

import re

from ..checks import UAN

FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
FIGURES += ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
FIGURE = rf"(?:[0-9]{{1,3}}|(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(FIGURES[1:10])}))?|{'|'.join(FIGURES[1:-1])})"
LEAST = r"(?:an? |the )?minimum(?: total)?(?: of)?|at least|no fewer than|no less than|not less than|not fewer than"
MOST = r"(?:an? |the )?maximum(?: total)?(?: of)?|at most|no more than|not more than|up to"
KIND = r"(?: mandatory| optional| core)?"
AMOUNT = re.compile(
    rf"(?:\b(?:(?P<least>{LEAST})|(?P<most>{MOST})) )?"
    rf"\b(?<!group )(?<!groups )(?<!level )(?P<amount>{FIGURE})"
    rf"(?: of(?: the)?)?(?: further| additional| whole)?{KIND} (?P<measure>credits?|units?)\b",
    re.IGNORECASE,
)
ALL_OF = re.compile(
    rf"\b(?P<word>all|both)(?: of)?(?: the)?(?: (?P<amount>{FIGURE}))?{KIND} units\b"
    r"(?: (?:from|in|of)(?: the)?(?= group))?"
    r"|\b(?:all|both) of(?= (?:optional |mandatory )?group)",
    re.IGNORECASE,
)
LEVEL = re.compile(
    r"\blevels? (?P<level>[1-8])(?P<above>\+| (?:or|and) (?:above|higher|over))?"
    r"(?! ?(?:and|or|to|/|–|-) ?[0-9])(?! or\b)(?![0-9])",
    re.IGNORECASE,
)
CODE = r"(?:[A-Z][0-9]?|[0-9]{1,2})"
JOIN = r"(?:,? and |,? or |,? & |, ?| ?/ ?)(?i:(?:optional |mandatory )?groups? )?"
LETTERS = rf"[A-Z][0-9]?(?:{JOIN}[A-Z][0-9]?\b)*"
NUMBERS = rf"[0-9]{{1,2}}(?:{JOIN}[0-9]{{1,2}}\b(?! (?i:credits?|units?)\b))*"
GROUPS = re.compile(rf"\b(?i:optional |mandatory )?(?i:groups?) (?P<codes>{LETTERS}|{NUMBERS})\b(?!')")
EACH = re.compile(
    rf"\b(?:each|every)(?: one)?(?: of)?(?: the)?(?: {FIGURE})?(?P<kind> optional| mandatory)?"
    r"(?= (?:optional |mandatory )?groups?\b)",
    re.IGNORECASE,
)
THIS_GROUP = re.compile(r"\b(?:this|the|that) (?:optional |mandatory )?group\b", re.IGNORECASE)
FOLLOWS = re.compile(r"\b(?:remaining|remainder|the rest|balance)\b", re.IGNORECASE)
FURTHER = re.compile(r"\b(?:further|additional|another)\b", re.IGNORECASE)
TOTAL = re.compile(
    r"\b(?:achieved?|total|must|minimum|required|requires?|needs?|needed|value|overall|obtain|gain)\b", re.IGNORECASE
)
OF_THESE = re.compile(r"\b(?:of which|of these|of them|of those|including|with)\b[^,;.]{0,20}$", re.IGNORECASE)
JOINED = re.compile(r"^[\s,]*(?:and|but|or)?[\s,]*(?:with )?$", re.IGNORECASE)
UNIT_KEY = rf"(?:{UAN.pattern}|[A-Z]{{0,3}}[0-9]{{1,4}}[A-Z]?(?![0-9A-Za-z/]))"
SEPARATOR = r"(?:,? and |,? or |,? & |, ?| ?/ ?|; ?)(?i:units? )?"
UNIT_LIST = re.compile(
    r"(?:\b(?i:units?)(?: (?i:numbers?|nos?\.?))? |(?<=: ))(?i:units? )?"
    rf"(?P<keys>{UNIT_KEY}(?:{SEPARATOR}{UNIT_KEY})*)(?! ?(?i:credits?)\b)"
)
ONE_OF = re.compile(
    r"\b(?:only|no more than|not more than|at most|a maximum of|up to) "
    rf"(?P<amount>{FIGURE}) of(?: the)?(?: following)?(?: units?)?\b:?",
    re.IGNORECASE,
)
TAKEN = r"(?:taken|combined|chosen|selected|achieved|counted|claimed|used|included|completed)"
NOT_BE = r"(?:can ?not|may not|must not|should not)"
BARRED_WITH = re.compile(
    rf"\b{NOT_BE} (?:all |both )?be (?:both )?{TAKEN} (?:together with|together|with|alongside|in combination with)\b"
    rf"|\b{NOT_BE} (?:both be|be both) {TAKEN}(?: together)?\b|\b(?:is|are) mutually exclusive(?: (?:with|to))?\b"
    r"|\b(?:is|are) (?:a )?barred(?: combinations?| together| units?)?(?: (?:with|from|against|to))?\b"
    r"|\bbarred (?:combinations?|units?):?|\b(?:but )?not both\b",
    re.IGNORECASE,
)
# "Learners may not take units 4 and 7 together": the same in the active voice.
MAY_NOT_TAKE = re.compile(
    rf"^(?:the )?(?:learners?|candidates?) {NOT_BE} (?:take|choose|select|achieve|combine|claim|count|complete)"
    r" (?P<both>both (?:of )?)?(?P<units>units? [^.;]{1,200}?)(?P<together> together| with each other)?[.;]?$",
    re.IGNORECASE,
)
# What shows that a sentence may hold a rule: it speaks of credits, units, groups or levels, and of how many or must.
SPEAKS_OF_UNITS = re.compile(r"\b(?:credits?|units?|groups?)\b", re.IGNORECASE)
SPEAKS_OF_BOUNDS = re.compile(
    rf"[0-9]|\b(?:{'|'.join(FIGURES[1:])}|must|only|not|cannot|all|both|either|minimum|maximum|at least|at most)\b"
    r"|\bbarred\b|\bno (?:credits?|units?)\b|\bexclusive\b",
    re.IGNORECASE,
)
BOUNDED = re.compile(
    rf"\b(?:must|should|need|required?|requires|{LEAST}|{MOST}|only|choose|select|complete|achieve|take|taken|barred)\b",
    re.IGNORECASE,
)
# What makes a rule hold for some learners, or leave something out: no single bound says that.
CONDITIONAL = re.compile(
    r"\b(?:either|unless|if|except|excepting|excluding|excludes?|other than|not including|alternatively|instead"
    r"|otherwise|registered|registering|where|when|whichever|depending)\b",
    re.IGNORECASE,
)
PATHWAY = re.compile(
    r"(?<!progression )(?<!career )(?<!learning )\b(?:pathways?|endorsed (?:titles?|routes?)|endorsements?|routeways?"
    r"|routes(?! (?:to|into)\b)"
    r"|specialisms?)\b",
    re.IGNORECASE,
)
# Sentences that speak of the tables, and not of what a learner has to achieve.
ABOUT_THE_DOCUMENT = re.compile(
    r"\b(?:table|diagram|chart|list|page|section)s?\b.{0,60}"
    r"\b(?:shows?|shown|lists?|listed|illustrates?|gives?|below|above|sets? out|details?)\b"
    r"|\b(?:are|is) (?:shown|listed|set out|assessed|detailed|described)\b|^(?:please )?(?:see|refer to|turn to)\b",
    re.IGNORECASE,
)
OBLIGES = re.compile(
    r"\b(?:must|minimum|maximum|at least|at most|no more|only|choose|select|complete|not|barred)\b|[0-9] credits?\b",
    re.IGNORECASE,
)
# What may stand in a sentence beside amounts, groups, levels and units without changing what it says. A sentence
# with any other word is not read at all.
WITHOUT_WEIGHT = """
a achieve achieved achieving across altogether an and any are at award awarded be been by can candidate candidates
certificate choose choosing chosen claim claimed combined come comes complete completed completing contribute
contributed contributes core count counted credit credits diploma drawn for from full gain gained gaining group
groups has have in is it learner learners made mandatory may meet must need needed needs number obtain obtained of
optional overall passed passing plus qualification required select selected selecting should successful successfully
take taken taking that the their these they this to together total totaling totalling towards unit units up value
which whole will with within
"""
FILLERS = frozenset(WITHOUT_WEIGHT.split())


def figure(text: str) -> int:
    """The number that a figure or a word below one hundred stands for."""
    if text.isdigit():
        return int(text)
    ten, _, one = text.lower().replace("-", " ").partition(" ")
    return (10 * (TENS.index(ten) + 2) if ten in TENS else FIGURES.index(ten)) + (FIGURES.index(one) if one else 0)
