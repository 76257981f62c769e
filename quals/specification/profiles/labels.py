"""The labels of profile tables, and the facts that each stands for."""

import re

from .dates import DATE

HOURS = r"(?: value| hours| ?\(hours\))?"
# A row of the profile is known by its label. The first pattern that fits wins.
LABELS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("awarding_organisation", r"^award(?:ing|ed) (?:body|organisation)(?: ?\([a-z]{2,4}\))?$|^awarded by$"),
        ("title", r"^(?:full )?qualification title(?: and level)?$|^title and level$"),
        (
            "qan",
            r"^(?:(?:ofqual |regulated )?(?:qualification|accreditation|regulation)"
            r"(?: accreditation| reference| regulation)? (?:number|no\.?|code|reference)"
            r"|ofqual (?:qualification |regulation )?(?:reference|number|code)(?: (?:number|code))?)"
            r"(?: ?\((?:qan?|qn)\))?$|^qan?$|^qn$",
        ),
        ("level", r"^(?:qualification )?level$"),
        ("credits", r"^(?:total |minimum )?credits?(?: value)?$"),
        ("tqt_and_glh", r"^tqt ?(?:/|and|&) ?glh$"),
        ("tqt", rf"^(?:minimum )?(?:total qualification time(?: ?\(tqt\))?|tqt){HOURS}$"),
        (
            "glh",
            rf"^(?:minimum |total )?(?:guided learning(?: hours)?(?: ?\(glh?\))?|glh){HOURS}$",
        ),
        ("minimum_age", r"^minimum age"),
        ("ages", r"^(?:approved |learner )?age (?:range|group|restriction|limit)s?(?: approved)?$|^(?:learner )?age$"),
        (
            "registration_dates",
            r"^(?:(?:qualification|operational|registration) )?(?:start and end dates|dates)$"
            r"|^operational (?:period|start and end)$",
        ),
        ("last_dates", r"^last registration (?:and|/|&) (?:last )?certification dates?$"),
        (
            "first_registration",
            r"^(?:(?:qualification|operational|registration) )?start date$|^first (?:date (?:for|of) )?registration",
        ),
        (
            "last_registration",
            r"^(?:(?:qualification|operational|registration) )?end date$|^last (?:date (?:for|of) )?registration",
        ),
        ("last_certification", r"^certification end date$|^last (?:date (?:for|of) )?certification"),
    )
)
# Rows that tell of two facts at once, in this order.
COMBINED = {
    "tqt_and_glh": (("tqt", "glh"), re.compile(r"[0-9][0-9,]{0,5}")),
    "registration_dates": (("first_registration", "last_registration"), DATE),
    "last_dates": (("last_registration", "last_certification"), DATE),
}


def label_of(cell: str) -> str | None:
    text = cell.strip(" :")
    if not text or len(text) > 60:
        return None
    return next((name for name, pattern in LABELS if pattern.search(text)), None)
