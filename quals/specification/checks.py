"""Check characters of qualification numbers and unit references: observed, not published: never errors."""

import re

QAN = re.compile(r"\b[0-9]{3}/[0-9]{4}/[0-9X]\b")
UAN = re.compile(r"\b[A-Z]/[0-9]{3}/[0-9]{4}\b")
WEIGHTS = (8, 7, 6, 5, 4, 3, 2)
UAN_LETTERS = "ADFHJKLMRTY"
QAN_CHARACTERS = "0123456789X"


def qan_check_character(digits: str) -> str:
    """The last character of a qualification number, from its seven digits ("601/4756" gives "8")."""
    return QAN_CHARACTERS[_remainder(digits)]


def uan_check_character(digits: str) -> str:
    """The first letter of a unit reference, from its seven digits ("506/2153" gives "D")."""
    return UAN_LETTERS[_remainder(digits)]


def qan_holds(qan: str) -> bool:
    return qan_check_character(qan[:8]) == qan[-1]


def uan_holds(uan: str) -> bool:
    return uan_check_character(uan[2:]) == uan[0]


def _remainder(digits: str) -> int:
    figures = [int(figure) for figure in digits.replace("/", "")]
    return sum(weight * figure for weight, figure in zip(WEIGHTS, figures, strict=True)) % 11
