"""All sums that subsets of units can reach, as the bits of one whole number.

Each rule has a digit of a mixed-radix number; the number whose digits are the sums of a subset is the place of its
bit. A unit shifts every subset by its own sums, so one shift and one `or` of a long integer add it to all of them.
A cap's digit ends at the cap; a need's digit ends where no sum can be larger, or, where that is much sooner, at
the need, more being kept as the need. A digit is put on top when the first unit comes that it counts, and is taken
off after the last; what is asked about at the end stays below. Nothing is rounded.
"""

from functools import cached_property, lru_cache

NARROW = 1 << 23  # bits of all steps together; up to this another order of the units is not worth a thought
WIDEST = 1 << 26  # bits of all steps together; beyond this a solver is faster
KEPT = 1 << 19  # masks up to so many bits are worth remembering
SATURATES = 3  # how many times as wide a digit has to be before it is worth cutting it off at the need
CUT = 256  # the highest need at which that is done: it takes a step for each credit

NOTHING = {}


class TooWide(Exception):
    """The sums do not fit into numbers of reasonable length."""


class Digit:
    """The sums of one bound, from 0 to `most`: places 0 to `size` - 1, `stride` bits apart.

    `floor`: what a cap's units have to come to; from there on it may be taken off. `stays`: it is on to the end.
    """

    def __init__(self, bound, *, most, is_cap=False, floor=0, stays=False):
        self.bound, self.amount, self.floor = bound, bound.amount, floor if is_cap else bound.amount
        self.is_cap, self.stays = is_cap, stays
        self.saturates = not is_cap and not stays and bound.amount <= CUT and most > SATURATES * bound.amount
        self.size = 1 + (bound.amount if self.saturates else most)

    def over(self, order):
        """The same with the units in this order, and from which to which of them it has to be on."""
        self.weights = [self.bound.weights[i] for i in order]
        self.touched = [i for i, weight in enumerate(self.weights) if weight]
        self.first, self.last = (0, len(order)) if self.stays else (self.touched[0], self.touched[-1])
        return self


class Sums:
    """The sums of the subsets of units over the digits, unit after unit in this order; `again`: each many times."""

    def __init__(self, digits, order, again=False):
        self.order, self.again = order, again
        self.digits = [digit.over(order) for digit in digits]
        self.off, self.widths = _windows(self.digits, len(order))
        self.total = sum(self.widths)

    @property
    def is_narrow(self):
        return self.total <= min(NARROW, WIDEST)

    @property
    def is_too_wide(self):
        return self.total > WIDEST

    @cached_property
    def steps(self):
        """Of each unit, what adding it does: one after the other, moves of bits at once: so far down, which of them
        stay (None: all), so far up."""
        known = {}
        rooms, shifts, over = [None] * len(self.order), [0] * len(self.order), [()] * len(self.order)
        for digit in self.digits:
            so_far = 0
            for i in digit.touched:
                weight = digit.weights[i]
                so_far += weight
                if digit.saturates and so_far > digit.amount:
                    at = digit, weight, self.widths[i]
                    if at not in known:
                        known[at] = _up_to_the_need(*at)
                    over[i] += (known[at],)
                    continue
                shifts[i] += weight * digit.stride
                if digit.is_cap and (self.again or so_far > digit.amount):
                    fits = where(digit, 0, digit.amount - weight, self.widths[i])
                    rooms[i] = fits if rooms[i] is None else rooms[i] & fits
        return [(((0, room, shift),), *more) for room, shift, more in zip(rooms, shifts, over, strict=True)]

    def reach(self, fixed=NOTHING, known=()):
        """For each unit the sums without it, those together with the sums with it, and those before it; and at the end.

        `fixed`: units that all subsets take (True) or leave out (False). `known`: the first of what is returned.
        """
        found = list(known)
        sums = self.without(found[-1][1], len(found) - 1) if found else 1
        for i in range(len(found), len(self.order)):
            takes = fixed.get(self.order[i]) if fixed else None
            after = self.after(sums, i) if takes is not False else 0
            both = after if takes else sums | after
            found.append((0 if takes else sums, both, sums))
            sums = self.without(both, i) if self.off[i] else both
        return found, sums

    def after(self, sums, i):
        """What adding the unit to these gives."""
        for moves in self.steps[i]:
            moved = 0
            for down, places, up in moves:
                moved |= (sums if places is None else sums >> down & places) << up
            sums = moved
        return sums

    def without(self, sums, i):
        """The sums without the digits that end with this unit."""
        for digit in self.off[i]:
            sums = _off(sums, digit)
        return sums

    def trace(self, found, goals):
        """The units that lead to one of the goals: each, from the last, is left out where one can be met without."""
        chosen = []
        for i in reversed(range(len(self.order))):
            left_out, both, before = found[i]
            for digit in reversed(self.off[i]):
                goals = _on(goals, digit)
            goals &= both
            without = goals & left_out
            if without:
                goals = without
            else:
                goals = self._before(goals, i) & before
                chosen.append(self.order[i])
        return chosen

    def _before(self, sums, i):
        """From which sums adding the unit gives one of these."""
        for moves in reversed(self.steps[i]):
            before = 0
            for down, places, up in moves:
                before |= sums >> up if places is None else (sums >> up & places) << down
            sums = before
        return sums


def _windows(digits, count):
    """For each unit the digits that are taken off after it, and how wide the sums are with it."""
    _nest(digits)
    coming = sorted(digits, key=lambda digit: (-digit.first, digit.last))
    on, width, off, widths = [], 1, [], []
    for i in range(count):
        while coming and coming[-1].first <= i:
            on.append(coming.pop())
            on[-1].stride, width = width, width * on[-1].size
        widths.append(width)
        ending = []
        while on and on[-1].last <= i:
            ending.append(on.pop())
            width = ending[-1].stride
        off.append(ending)
    return off, widths


def _nest(digits):
    """A digit that would be put on another and outlast it is put on earlier, so that it is below."""
    changed = True
    while changed:
        changed = False
        for upper in digits:
            for lower in digits:
                if lower.first < upper.first <= lower.last < upper.last:
                    upper.first, changed = lower.first, True


def _off(sums, digit):
    """The sums without the top digit, of those with which it may be taken off: its upper half onto its lower, again
    and again."""
    sums >>= digit.floor * digit.stride
    values = digit.size - digit.floor
    while values > 1:
        values = (values + 1) // 2
        half = values * digit.stride
        sums = sums >> half | sums & (1 << half) - 1
    return sums


def _on(sums, digit):
    """The sums with each value of the digit on top with which it may be taken off."""
    values, found = 1, sums
    while values < digit.size - digit.floor:
        more = min(values, digit.size - digit.floor - values)
        found |= found << more * digit.stride
        values += more
    return found << digit.floor * digit.stride


def _up_to_the_need(digit, weight, width):
    """What adding the weight moves where it may pass the need: more is kept as the need."""
    weight = min(weight, digit.amount)
    below = (0, where(digit, 0, digit.amount - weight, width), weight * digit.stride)
    at_none, met = where(digit, 0, 0, width), digit.amount * digit.stride
    return (below, *[(met - missing * digit.stride, at_none, met) for missing in range(weight)])


def where(digit, low, high, width):
    """The places at which the digit is from `low` to `high`, of so many bits."""
    if high < low:
        return 0
    return (_band if width > KEPT else _known_band)(low, high + 1, digit.stride, digit.size, width)


def _band(low, high, stride, size, width):
    places = ((1 << (high - low) * stride) - 1) << low * stride
    period = size * stride
    while period < width:
        places |= places << period
        period *= 2
    return places & (1 << width) - 1


_known_band = lru_cache(512)(_band)
