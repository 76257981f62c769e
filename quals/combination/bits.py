"""All sums that subsets of units can reach, as the bits of one whole number.

Each rule has a digit of a mixed-radix number; the number whose digits are the sums of a subset is the place of its
bit. A unit shifts every subset by its own sums, so one shift and one `or` of a long integer add it to all of them.
A cap's digit ends at the cap; a need's digit ends where no sum can be larger, or, where that is much sooner, at
the need, more being kept as the need. Sums above the top digit fall off. Nothing is rounded.
"""

from functools import lru_cache
from math import prod

WIDEST = 1 << 24  # bits; beyond this a solver is faster
SATURATES = 3  # how many times as wide a digit has to be before it is worth cutting it off at the need


class TooWide(Exception):
    """The sums do not fit into a number of reasonable length."""


class Digit:
    """The sums of one bound, from 0 to `most`: places 0 to `size` - 1, `stride` bits apart."""

    def __init__(self, bound, *, most, is_cap=False, is_goal=False):
        self.amount, self.weights, self.is_cap = bound.amount, bound.weights, is_cap
        self.saturates = not is_cap and not is_goal and most > SATURATES * bound.amount
        self.size = 1 + (bound.amount if self.saturates else most)
        self.stride = 0


class Sums:
    """The sums of the subsets of some units over the digits, with the last digit on top."""

    def __init__(self, digits):
        self.width = prod(digit.size for digit in digits)
        if self.width > WIDEST:
            raise TooWide
        self.digits = digits
        stride = 1
        for digit in digits:
            digit.stride, stride = stride, stride * digit.size
        self.all = (1 << self.width) - 1
        self.steps = [self._step(i) for i in range(len(digits[0].weights))] if digits else []

    def _step(self, i):
        """(bits that the unit may be added to or None, its shift, the saturating digits that it adds to)."""
        shift, room, over = 0, None, []
        for digit in self.digits:
            weight = digit.weights[i]
            if not weight:
                continue
            if digit.saturates:
                over.append((digit, min(weight, digit.amount)))
                continue
            shift += weight * digit.stride
            if digit.is_cap:
                fits = self.where(digit, 0, digit.amount - weight)
                room = fits if room is None else room & fits
        return room, shift, over

    def reach(self):
        """The sums after no unit, after the first, and so on."""
        sums, found = 1, [1]
        for i in range(len(self.steps)):
            sums |= self.after(sums, i)
            found.append(sums)
        return found

    def after(self, sums, i):
        """What adding the unit to these gives."""
        room, shift, over = self.steps[i]
        moved = (sums if room is None else sums & room) << shift
        for digit, weight in over:
            moved = self._add(moved, digit, weight)
        return moved & self.all

    def before(self, sums, i):
        """From which sums adding the unit gives one of these."""
        room, shift, over = self.steps[i]
        for digit, weight in over:
            sums = self._take(sums, digit, weight)
        sums >>= shift
        return sums if room is None else sums & room

    def _add(self, sums, digit, weight):
        """The weight is added; what would pass the need stays at the need."""
        moved = (sums & self.where(digit, 0, digit.amount - weight)) << weight * digit.stride
        for missing in range(weight):
            at = self.where(digit, digit.amount - missing, digit.amount - missing)
            moved |= (sums & at) << missing * digit.stride
        return moved

    def _take(self, sums, digit, weight):
        full = sums & self.where(digit, digit.amount, digit.amount)
        before = (sums & self.where(digit, weight, digit.amount - 1)) >> weight * digit.stride
        for less in range(weight + 1):
            before |= full >> less * digit.stride
        return before

    def where(self, digit, low, high):
        """The places at which the digit is from `low` to `high`."""
        return band(low, high + 1, digit.stride, digit.size, self.width)

    def satisfying(self):
        """The places where every need is met."""
        met = self.all
        for digit in self.digits:
            if not digit.is_cap and digit.amount > 0:
                met &= self.where(digit, digit.amount, digit.size - 1)
        return met


@lru_cache(1024)
def band(low, high, stride, size, width):
    if high <= low:
        return 0
    places = ((1 << (high - low) * stride) - 1) << low * stride
    period = size * stride
    while period < width:
        places |= places << period
        period *= 2
    return places & (1 << width) - 1
