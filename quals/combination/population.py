"""The verdicts of a whole population at once: exactly those of `check`, many rows at a time.

A row passes at once when all its units meet every need and no cap is passed, and fails at once when not even all
its units meet a need. Of the others, units that no cap can touch all count; what is left is a small question (how
many of each kind of capped unit, and what each need still lacks) that many rows share, and each is asked once.
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from . import search
from .bits import Digit, Sums, where
from .deadline import in_time, seconds_left
from .reduction import Bound, effects_of
from .subsets import added

CELLS = 1 << 22  # of the matrix looked at together, so that memory stays small
ASKED = 1 << 23  # numbers in the questions kept until they are answered
EXACT = 1 << 24  # whole numbers up to here are exact in a 32-bit float
KEYS = 1 << 62


def sweep(rules, matrix) -> np.ndarray:
    """Whether each row passes: a vector of booleans.

    `matrix` has a column for each unit of the `RuleSet`, in its order, and a row for each registration; an entry is
    true where the unit is achieved. The rules are read as they stand. ValueError where the columns do not fit;
    Unproved where what the rows ask, each question once, cannot be told in time.
    """
    matrix, count = np.asarray(matrix).astype(bool, copy=False), len(rules.units)
    if matrix.ndim != 2 or matrix.shape[1] != count:
        raise ValueError(f"There are {count} units, so the matrix must have {count} columns.")
    question = _Question.about(rules)
    passes = np.zeros(len(matrix), dtype=bool)
    for places, asked in _undecided(question, matrix, passes):
        passes[places] = question.answer(asked)
    return passes


def undecided_share(rules, matrix) -> tuple[float, int]:
    """The share of rows decided neither by all units fitting nor by too few, and how many questions are asked."""
    question = _Question.about(rules)
    batches = list(_undecided(question, matrix, np.zeros(len(matrix), dtype=bool)))
    return sum(len(asked) for _, asked in batches) / len(matrix), sum(len(question.distinct(a)[0]) for _, a in batches)


def _undecided(question, matrix, passes):
    """(places, what each row there asks), as many together as may be kept; of the others it is written who passes."""
    places, asked = [], []
    step = max(CELLS // max(matrix.shape[1], 1), 1)
    for begin in range(0, len(matrix), step):
        rows = matrix[begin : begin + step].astype(question.number)
        passes[begin : begin + step], undecided = question.decide(rows)
        places.append(begin + np.flatnonzero(undecided))
        asked.append(question.what_is_left(rows[undecided]))
        if sum(some.size for some in asked) > ASKED or begin + step >= len(matrix):
            batch, places, asked = (np.concatenate(places), np.concatenate(asked)), [], []
            yield batch


@dataclass
class _Question:
    rules: list
    needs: list  # places of rules
    caps: list
    weights: np.ndarray  # of each unit for each rule
    capped: np.ndarray  # which units a cap can touch
    kinds: list  # the distinct effects of capped units, a representative of each
    kind_of: np.ndarray  # column of indicators
    most: np.ndarray  # the most that capped units can give each need

    @classmethod
    @in_time
    def about(cls, rule_set):
        units, rules = rule_set.units, rule_set.rules
        table = np.array([effects_of(rules)[unit] for unit in units], dtype=np.int64)
        table = table.reshape(len(units), len(rules))
        needs = [r for r, rule in enumerate(rules) if rule.bound == "at_least"]
        caps = [r for r, rule in enumerate(rules) if rule.bound == "at_most" and table[:, r].sum() > rule.amount]
        capped = (table[:, caps] > 0).any(axis=1)
        kinds = sorted({tuple(row) for row in table[capped].tolist()})
        kind_of = np.array([[tuple(row) == kind for kind in kinds] for row in table.tolist()], dtype=bool)
        kind_of = kind_of.reshape(len(units), len(kinds)) & capped[:, None]
        some = [unit for unit, inside in zip(units, capped, strict=True) if inside]
        most = [search.greatest(rules[r], some, rules) for r in needs]
        return cls(rules, needs, caps, table, capped, kinds, kind_of, np.array(most, dtype=np.int64))

    @property
    def number(self):
        return np.float32 if self.weights.sum() < EXACT else np.float64

    @property
    def amounts(self):
        return np.array([rule.amount for rule in self.rules], dtype=np.int64)

    def decide(self, rows):
        """(rows that pass at once, rows that remain to be decided)."""
        sums = added(rows, self.weights.astype(self.number))
        enough = (sums[:, self.needs] >= self.amounts[self.needs]).all(axis=1)
        fits = (sums[:, self.caps] <= self.amounts[self.caps]).all(axis=1)
        return enough & fits, enough & ~fits

    def what_is_left(self, rows):
        """For each row the number of capped units of each kind, and what each need lacks without them."""
        certain = added(rows, np.where(self.capped[:, None], 0, self.weights[:, self.needs]).astype(self.number))
        lacks = np.clip(self.amounts[self.needs] - certain.astype(np.int64), 0, self.most + 1)
        return np.hstack([added(rows, self.kind_of.astype(self.number)).astype(np.int64), lacks])

    @in_time
    def answer(self, asked):
        """Each distinct question is answered once."""
        if not len(asked):
            return np.zeros(0, dtype=bool)
        rows, back = self.distinct(asked)
        return self._answer_each(rows)[back]

    def distinct(self, asked):
        """(the distinct rows, sorted, and for each row which of them it is)."""
        sizes = [int(size) for size in (*(self.kind_of.sum(axis=0) + 1), *(self.most + 2))]
        if prod(sizes) < KEYS:
            strides = np.array([prod(sizes[i + 1 :]) for i in range(len(sizes))], dtype=np.int64)
            _, first, back = np.unique(asked @ strides, return_index=True, return_inverse=True)
            return asked[first], back.ravel()
        rows, back = np.unique(asked, axis=0, return_inverse=True)
        return rows, back.ravel()

    def _answer_each(self, asked):
        """Questions come sorted, so that one has most of its units in common with the one before."""
        kinds, each = len(self.kinds), map(np.ndarray.tolist, asked)
        sums = self._sums()
        if sums.is_too_wide:
            return np.array([self._search(row[:kinds], row[kinds:]) for row in each], dtype=bool)
        answers, before, reached = [], [], [1]
        for row in each:
            seconds_left()
            counts = row[:kinds]
            if counts != before:
                same = next((k for k in range(len(before)) if counts[k] != before[k]), 0)
                del reached[same + 1 :]
                for kind in range(same, kinds):
                    reached.append(_take(sums, reached[-1], kind, counts[kind]))
                before = counts
            answers.append(self._good(sums, reached[-1], row[kinds:]))
        return np.array(answers, dtype=bool)

    def _sums(self):
        """What each kind of capped unit adds to the caps and to the needs."""
        caps = [Bound(self.rules[r].amount, tuple(kind[r] for kind in self.kinds)) for r in self.caps]
        gains = [Bound(0, tuple(kind[r] for kind in self.kinds)) for r in self.needs]
        digits = [Digit(cap, most=cap.amount, is_cap=True, stays=True) for cap in caps]
        for gain, most in zip(gains, self.most.tolist(), strict=True):
            digits.append(Digit(gain, most=most, stays=True))
        return Sums(digits, range(len(self.kinds)), again=True)

    def _good(self, sums, reached, lacks):
        for digit, lack in zip(sums.digits[len(self.caps) :], lacks, strict=True):
            if lack:
                reached &= where(digit, lack, digit.size - 1, sums.widths[0])
        return bool(reached)

    def _search(self, counts, lacks):
        units = [kind for kind, count in zip(self.kinds, counts, strict=True) for _ in range(count)]
        return search.exists_among(
            units,
            [(lack, [unit[r] for unit in units]) for lack, r in zip(lacks, self.needs, strict=True)],
            [(self.rules[r].amount, [unit[r] for unit in units]) for r in self.caps],
        )


def _take(sums, reached, kind, count):
    for _ in range(count):
        reached |= sums.after(reached, kind)
    return reached
