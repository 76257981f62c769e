"""The rules of combination: how long the engine takes, beside an integer programming solver and beside memory."""

import random
import resource
import time
from functools import cache, partial
from statistics import median

import numpy as np

from quals.combination import Rule, RuleSet, Unit, check, route, solver, sweep
from quals.combination.population import undecided_share
from quals.combination.reduction import Bound, Problem
from quals.combination.routes import MINIMISED
from tests.quals.combination.oracle import IntegerProgram, catalogue, keys_of
from tests.quals.combination.selections import drawn

CHECKS = 300
ROUTES = 16
SYNTHETIC = 20
ROWS = 1_000_000
SEED = 20
LEVEL_3 = ("at_or_above", 3)
USUAL = {"units": 50, "groups": 4, "caps": 1, "pairs": 2}
MINIMA = {"units": 36, "caps": 0, "pairs": 0}
LARGE = {"units": 200, "groups": 12, "caps": 10, "pairs": 30}
GROWTH = {
    "units": [USUAL | {"units": number} for number in (25, 50, 100, 200, 400)],
    "groups": [USUAL | {"groups": number} for number in (2, 6, 12, 24)],
    "groups*": [MINIMA | {"groups": number} for number in (2, 4, 6, 8)],
    "caps": [USUAL | {"caps": number} for number in (0, 2, 4, 6, 10)],
    "pairs": [USUAL | {"pairs": number} for number in (0, 4, 8, 16, 30)],
}


def print_combination() -> None:
    print_checks()
    print_routes()
    print_sweeps()
    print_growth()


def took(work) -> tuple[float, object]:
    """Milliseconds of the processor's own, all threads together, whatever else the machine does; and the answer."""
    begun = time.process_time()
    answer = work()
    return (time.process_time() - begun) * 1000, answer


def print_checks() -> None:
    print(
        f"\nRules of combination: check, ms, {CHECKS} random selections of each rule set, half a unit from pass or fail"
    )
    print("""
HiGHS:   every answer that `check` gives, but for the preference among equal choices, by integer programs written
         with highspy: the fewest credits; each disputed rule read the other way; on a fail the most for each rule
arrays:  the same handed over as arrays, the quickest way into HiGHS
verdict: only whether it passes and with how few credits, written with highspy
times:   how many times as long as the whole of `check`, each in a loop of its own, median by median
""")
    heads = ("median", "worst", "HiGHS", "times", "arrays", "times", "verdict", "times")
    print(f"{'':14}{'units':>6}{'rules':>6}{'passes':>8}" + "".join(f"{head:>8}" for head in heads))
    everything = []
    for qan, rules in catalogue().items():
        chosen = [some for some in drawn(rules, CHECKS, SEED) if some]
        mine = [took(partial(check, rules, keys_of(some))) for some in chosen]
        passes = [verdict.passes for _, verdict in mine]
        both = list(zip(chosen, passes, strict=True))
        ways = [[way(rules, some, each) for some, each in both] for way in (written, handed)]
        rows = [
            (cost, verdict.passes, sum(whole), sum(arrays), whole[0])
            for (cost, verdict), whole, arrays in zip(mine, *ways, strict=True)
        ]
        everything += rows
        print_line(qan, f"{len(rules.units):>6}{len(rules.rules):>6}", rows)
    print_line("all", f"{'':>12}", everything)


def print_line(name, sizes, rows) -> None:
    mine, passes, *others = (list(column) for column in zip(*rows, strict=True))
    line = f"{name:14}{sizes}{sum(passes) / len(passes):>8.0%}{median(mine):>8.2f}{max(mine):>8.1f}"
    print(line + "".join(f"{median(other):>8.2f}{median(other) / median(mine):>8.0f}" for other in others))


@cache
def programs(rules: RuleSet, passes: bool) -> list[tuple[RuleSet, Rule | None]]:
    """What has to be asked for the answers of `check`: (rules, a rule of which the most is wanted or None)."""
    asked: list[tuple[RuleSet, Rule | None]] = [(rules, None)]
    for rule in rules.rules:
        if rule.confidence == "disputed" and rule.alternative:
            asked.append((rules.under(rule.alternative if each is rule else each for each in rules.rules), None))
    if not passes:
        caps = rules.under(rule for rule in rules.rules if rule.bound == "at_most")
        asked += [(caps, rule) for rule in rules.rules]
    return asked


def written(rules, achieved, passes) -> list[float]:
    costs = []
    for some, most in programs(rules, passes):
        price = (lambda unit, most=most: -most.weight(unit)) if most else (lambda unit: unit.credit)
        cost, least = took(partial(solved, achieved, some.rules, price))
        assert costs or (least is not None) == passes
        costs.append(cost)
    return costs


def solved(achieved, rules, price):
    return IntegerProgram(achieved, rules, price).least(achieved)


def handed(rules, achieved, passes) -> list[float]:
    keys = set(keys_of(achieved))
    return [took(partial(as_arrays, some, keys, most))[0] for some, most in programs(rules, passes)]


def as_arrays(rules, keys, most):
    """From the same ready columns that `check` has."""
    chosen = rules.chosen(keys)
    bounds = [Bound(rule.amount, column) for rule, column in zip(rules.rules, chosen.columns, strict=True)]
    needs, caps = (
        [each for rule, each in zip(rules.rules, bounds, strict=True) if rule.bound == bound]
        for bound in ("at_least", "at_most")
    )
    costs = [-most.weight(unit) if most else unit.credit for unit in chosen.units]
    return solver.fewest(costs, Problem(chosen.units, [], needs, caps))


def print_routes() -> None:
    print("\nroute with proof, ms, from random units achieved, in progress and excluded, for each thing to minimise;")
    print("told: what its alternatives and prospects take when a page asks for them\n")
    print(f"{'':14}{'routes':>8}{'found':>8}{'median':>9}{'worst':>9}{'told':>9}{'worst':>9}")
    for qan, rules in catalogue().items():
        known = [name for name in MINIMISED if all(getattr(unit, name, 1) is not None for unit in rules.units)]
        print_route_line(qan, rules, known)
    checks, routes = [], []
    for seed in range(SYNTHETIC):
        rules = synthetic(random.Random(seed), **LARGE)
        checks.append(took(lambda rules=rules: check(rules, rules.by_key))[0])
        routes.append(took(lambda rules=rules: route(rules))[0])
    print(f"\n{SYNTHETIC} synthetic rule sets of {', '.join(f'{number} {name}' for name, number in LARGE.items())}, ms")
    for name, times in (("route from nothing", routes), ("check of all units", checks)):
        print(f"{name}: median {median(times):.0f}, worst {max(times):.0f}")


def print_route_line(name, rules, measures) -> None:
    plain, told, found = [], [], 0
    source = random.Random(SEED)
    for some in drawn(rules, ROUTES, SEED):
        parts = parted(rules.units, {unit.key for unit in some}, source)
        for minimise in measures:
            cost, way = took(lambda m=minimise, parts=parts: route(rules, minimise=m, **parts))
            assert way.optimal == way.found
            plain.append(cost)
            told.append(took(lambda way=way: (way.alternatives, way.prospects))[0])
            found += way.found
    line = f"{name:14}{len(plain):>8}{found / len(plain):>8.0%}"
    print(line + "".join(f"{f(times):>9.1f}" for times in (plain, told) for f in (median, max)))


def parted(units, chosen, source) -> dict:
    """Of the chosen units most are achieved or in progress; of the others some are, and a few are excluded."""
    parts = {"achieved": [], "in_progress": {}, "excluded": []}
    for unit in units:
        part = source.choice(["achieved"] * 3 + ["in_progress", ""] if unit.key in chosen else [""] * 8 + ["excluded"])
        if part == "in_progress":
            parts[part][unit.key] = source.randint(0, unit.criteria or 0)
        elif part:
            parts[part].append(unit.key)
    return parts


def print_sweeps() -> None:
    print(f"\nsweep, {ROWS:,} registrations with random achieved units, one core\n")
    heads = ("seconds", "reading", "times", "passes", "undecided", "questions")
    print(f"{'':14}" + "".join(f"{head:>11}" for head in heads))
    slower = []
    for qan, rules in catalogue().items():
        matrix = population(rules.units)
        reading, _ = took(lambda matrix=matrix: int(np.bitwise_or.reduce(matrix.view(np.uint8), axis=None)))
        cost, passes = took(lambda rules=rules, matrix=matrix: sweep(rules, matrix))
        slower.append(cost / reading)
        share, questions = undecided_share(rules, matrix)
        print(
            f"{qan:14}{cost / 1000:>11.2f}{reading / 1000:>11.3f}{cost / reading:>11.0f}"
            f"{passes.mean():>11.0%}{share:>11.0%}{questions:>11}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("reading: the same bytes from memory. undecided: neither do all units fit nor are they too few.")
    print(
        f"A sweep takes {min(slower):.0f} to {max(slower):.0f} times as long as reading its bytes: each row is widened "
        "to floating point, multiplied by what\nevery unit adds to every rule, and, where that leaves it undecided, "
        "sorted among the distinct questions; those themselves are few."
    )
    print(f"{peak:.0f} MB at most, the matrix and all that was measured before among them")


def population(units) -> np.ndarray:
    source = np.random.default_rng(SEED)
    matrix = np.empty((ROWS, len(units)), dtype=bool)
    for begin in range(0, ROWS, ROWS // 20):
        end = begin + ROWS // 20
        share = source.choice([0.3, 0.5, 0.7, 0.85], size=(end - begin, 1))
        matrix[begin:end] = source.random((end - begin, len(units))) < share
    matrix[:, [unit.group == "A" for unit in units]] = True
    return matrix


def print_growth() -> None:
    print("\nHow it grows: ms, median of 5 synthetic rule sets (all units achieved; route from nothing)\n")
    print(f"{'':10}{'':>6}{'check':>10}{'worst':>10}{'route':>10}{'worst':>10}")
    for name, sizes in GROWTH.items():
        for size in sizes:
            checks, routes = [], []
            for seed in range(5):
                rules = synthetic(random.Random(seed), **size)
                checks.append(took(lambda rules=rules: check(rules, rules.by_key))[0])
                routes.append(took(lambda rules=rules: route(rules))[0])
            number = size[name.strip("*")]
            print(f"{name:10}{number:>6}" + "".join(f"{f(t):>10.1f}" for t in (checks, routes) for f in (median, max)))
    print(f"otherwise {', '.join(f'{number} {name}' for name, number in USUAL.items())};")
    print("groups*: 36 units, no caps or pairs: group minima in credits, a total and a level alone")


def synthetic(source, *, units, groups, caps, pairs) -> RuleSet:
    """Units of 1 to 12 credits in so many groups; a total, a level, a minimum for each group; random caps and pairs."""
    made = [Unit(f"{i:03}", source.randint(1, 12), source.randint(1, 5), f"G{i % groups:02}") for i in range(units)]
    credit = sum(unit.credit for unit in made)
    rules = [
        Rule("T", "at_least", "credits", credit // 3),
        Rule("L", "at_least", "credits", credit // 5, level=LEVEL_3),
    ]
    for code in sorted({unit.group for unit in made}):
        share = sum(unit.credit for unit in made if unit.group == code) // 5
        rules.append(Rule(code, "at_least", "credits", share, groups=frozenset({code})))
    for i in range(pairs):
        rules.append(Rule(f"P{i}", "at_most", "units", 1, units=frozenset(u.key for u in source.sample(made, 2))))
    for i in range(caps):
        some = source.sample(made, units // 10)
        limit = sum(unit.credit for unit in some) // 3
        rules.append(Rule(f"C{i}", "at_most", "credits", limit, units=frozenset(unit.key for unit in some)))
    return RuleSet(made, rules)
