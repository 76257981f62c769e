"""Two wordings beside each other: which are the same, which changed, and in which words."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

UNCHANGED, REWORDED, RENUMBERED = "unchanged", "reworded", "renumbered"
ADDED, REMOVED, NOT_COMPARED = "added", "removed", "not_compared"
SAME, GONE, COME = "same", "gone", "come"
MOST_WORDS = 120
MOST_WORK = 1_000_000
SIGNS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\N{NON-BREAKING HYPHEN}": "-"})
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Wording:
    """One outcome, criterion or requirement in both issues. `code` is the new issue's, of one that is gone the old."""

    code: str
    state: str
    was: str = ""
    before: str = ""
    after: str = ""
    pieces: tuple[tuple[str, str], ...] = ()

    @property
    def is_change(self) -> bool:
        return self.state not in {UNCHANGED, NOT_COMPARED}


@dataclass
class Pen:
    """Marks the words that differ, until it has worked enough: documents are other people's.

    `both`: both sides have their wording, so that an empty one was lost and not merely left out.
    """

    both: bool
    left: int = MOST_WORK

    def pieces(self, before: str, after: str) -> tuple[tuple[str, str], ...]:
        """The text in pieces that stayed, went and came; whole, where it is too long to be worth it."""
        old, new = before.split(), after.split()
        work = len(old) * len(new)
        if not work or max(len(old), len(new)) > MOST_WORDS or work > self.left:
            return tuple((kind, text) for kind, text in ((GONE, before), (COME, after)) if text)
        self.left -= work
        found = []
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                found.append((SAME, " ".join(old[i:j])))
                continue
            found += [(GONE, " ".join(old[i:j]))] if i < j else []
            found += [(COME, " ".join(new[k:m]))] if k < m else []
        return tuple(found)


def normal(text: str) -> str:
    """A wording as it is compared: signs of one kind, spaces of one width, no full stop at its end."""
    plain = unicodedata.normalize("NFKC", text).translate(SIGNS).casefold()
    return SPACES.sub(" ", plain).strip().rstrip(".;: ")


def compare_wordings(old: list[tuple[str, str]], new: list[tuple[str, str]], pen: Pen) -> list[Wording]:
    """Pairs of code and text: in the new order, those that are gone at the end."""
    before, after = _numbered(old), _numbered(new)
    moved = _moved(before, after, pen)
    sources = set(moved.values())
    stayed = {code for code in after if code in before and code not in moved and code not in sources}
    found = []
    for code, text in after.items():
        if code in moved:
            found.append(Wording(code, RENUMBERED, moved[code], before[moved[code]], text))
        elif code in stayed:
            found.append(_compared(code, before[code], text, pen))
        else:
            found.append(Wording(code, ADDED, after=text))
    gone = [code for code in before if code not in stayed and code not in sources]
    return found + [Wording(code, REMOVED, code, before=before[code]) for code in gone]


def _numbered(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """By code; of one code printed twice the second is told apart."""
    found: dict[str, str] = {}
    times: Counter[str] = Counter()
    for code, text in pairs:
        times[code] += 1
        found[code if times[code] == 1 else f"{code} ({times[code]})"] = text
    return found


def _compared(code: str, before: str, after: str, pen: Pen) -> Wording:
    if not (before and after) and not (pen.both and (before or after)):
        return Wording(code, NOT_COMPARED, code, before, after)
    if normal(before) == normal(after):
        return Wording(code, UNCHANGED, code, before, after)
    return Wording(code, REWORDED, code, before, after, pen.pieces(before, after))


def _moved(before: dict[str, str], after: dict[str, str], pen: Pen) -> dict[str, str]:
    """New code → old code, of what kept its exact wording under another code."""
    if not pen.both:
        return {}
    old = {code: normal(text) for code, text in before.items() if text}
    new = {code: normal(text) for code, text in after.items() if text}
    stayed = {code for code, text in new.items() if old.get(code) == text}
    old = {code: text for code, text in old.items() if code not in stayed}
    new = {code: text for code, text in new.items() if code not in stayed}
    once = {text for text, n in Counter(old.values()).items() if n == 1}
    once &= {text for text, n in Counter(new.values()).items() if n == 1}
    codes = {text: code for code, text in old.items() if text in once}
    return {code: codes[text] for code, text in new.items() if text in codes}
