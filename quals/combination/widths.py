"""In which order units make the sums narrow, and how large each rule's digit has to be."""

from .bits import Digit, Sums, TooWide
from .subsets import are_few
from .tables import in_order


def digits_of(needs, caps):
    """A digit for each cap and each need, one for both where they weigh the same."""
    capped, floors = {cap.weights for cap in caps}, {}
    for need in needs:
        if need.weights in capped:
            floors[need.weights] = max(need.amount, floors.get(need.weights, 0))
    digits = [Digit(cap, most=cap.amount, is_cap=True, floor=floors.get(cap.weights, 0)) for cap in caps]
    return digits + [Digit(need, most=most_of(need, caps)) for need in needs if need.weights not in floors]


def most_of(need, caps):
    """A bound on what can count for a need: all of it, or all that no cap holds back and what the cap allows."""
    total = most = sum(need.weights)
    for cap in caps:
        inside = [(n, c) for n, c in zip(need.weights, cap.weights, strict=True) if c]
        if all(n <= c for n, c in inside):
            most = min(most, total - sum(n for n, _ in inside) + cap.amount)
    return most


def sums_over(problem, digits):
    """The sums with the units as they come or, where that is wide, with the units of one rule together; None where
    all subsets are quicker."""
    sums = Sums(digits, range(len(problem.open)))
    if are_few(problem, sums):
        return None
    return sums if sums.is_narrow else narrowest(problem, digits)


def narrowest(problem, digits):
    """The sums with the units of one rule together; TooWide where that does not make them narrow enough."""
    best = min(_orders(problem), key=lambda order: Sums(digits, order).total)
    sums = Sums(digits, best)
    if sums.is_too_wide:
        raise TooWide
    return sums


def _orders(problem):
    """The units of the rules that few units are under together; or of those that take up most room."""
    yield in_order(problem)
    count = len(problem.open)
    bounds = [bound for bound in (*problem.needs, *problem.caps) if 2 * sum(map(bool, bound.weights)) <= count]
    bounds.sort(key=lambda bound: (-bound.amount, bound.weights))
    yield sorted(range(count), key=lambda i: [not bound.weights[i] for bound in bounds])
