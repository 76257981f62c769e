"""Dates as documents print them, in figures or in words, become dates of the calendar."""

import re
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
FIGURES = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})"
WORDS = rf"[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH},? [0-9]{{4}}"
ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
DATE = re.compile(rf"(?<![0-9/.-])(?:{ISO}|{FIGURES}|{WORDS})(?![0-9/]|[.-][0-9])", re.IGNORECASE)
MONTH_AND_YEAR = re.compile(rf"\b{MONTH} [0-9]{{4}}\b", re.IGNORECASE)


def find_date(text: str) -> str | None:
    """The first date of a text as year-month-day; None where there is none, or none of the calendar."""
    match = DATE.search(text)
    return read_date(match.group(0)) if match else None


def read_date(text: str) -> str | None:
    """One printed date as year-month-day; None where the calendar has no such day."""
    try:
        if re.fullmatch(ISO, text):
            return date.fromisoformat(text).isoformat()
        if re.fullmatch(FIGURES, text):
            day, month, year = (int(part) for part in re.split(r"[/.-]", text))
            return date(year if year > 99 else 2000 + year, month, day).isoformat()
        day, *_, month, year = text.replace(",", " ").split()
        return date(int(year), MONTHS.index(month[:3].lower()) + 1, int(re.match("[0-9]+", day).group(0))).isoformat()
    except (ValueError, AttributeError):
        return None


def next_day(day: str) -> str | None:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except OverflowError:
        return None
