"""The rules of combination: how long the engine takes, beside an integer programming solver and beside memory."""

import random
import resource
import time
from statistics import median

import numpy as np

from quals.combination import Rule, Unit, check, route, sweep
from quals.combination.population import undecided_share
from quals.combination.routes import MINIMISED
from tests.quals.combination.oracle import IntegerProgram, catalogue, selections

CHECKS = 300
ROUTES = 20
ROWS = 1_000_000
SEED = 20
LEVEL_3 = ("at_or_above", 3)
SIZES = {
    "units": [25, 50, 100, 200, 400],
    "groups": [2, 6, 12, 24],
    "caps": [0, 2, 4, 6, 10],
    "pairs": [0, 4, 8, 16, 30],
}
USUAL = {"units": 50, "groups": 4, "caps": 1, "pairs": 2}
LARGE = {"units": 200, "groups": 12, "caps": 10, "pairs": 30}


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
    print(f"\nRules of combination: check, ms, {CHECKS} random selections of each rule set")
    print("HiGHS: the same answers by building and solving integer programs (verdict: the first of them alone)\n")
    heads = ("median", "worst", "HiGHS", "times", "verdict", "times")
    print(f"{'':14}{'units':>7}{'rules':>7}{'passes':>8}" + "".join(f"{head:>9}" for head in heads))
    everything = []
    for qan, (units, rules) in catalogue().items():
        rows = []
        for achieved in selections(units, CHECKS, random.Random(SEED)):
            mine, verdict = took(lambda achieved=achieved, rules=rules: check(achieved, rules))
            verdict_only, whole = by_solver(achieved, rules, verdict)
            rows.append((mine, whole, verdict_only, verdict.passes))
        everything += rows
        print_line(qan, f"{len(units):>7}{len(rules):>7}", rows)
    print_line("all", f"{'':>14}", everything)


def print_line(name, sizes, rows) -> None:
    mine, whole, verdict, passes = (list(column) for column in zip(*rows, strict=True))
    line = f"{name:14}{sizes}{sum(passes) / len(passes):>8.0%}{median(mine):>9.2f}{max(mine):>9.1f}"
    for other in (whole, verdict):
        line += f"{median(other):>9.2f}{median(other) / median(mine):>9.0f}"
    print(line)


def by_solver(achieved, rules, verdict) -> tuple[float, float]:
    """What the solver takes for the verdict, and for all that `check` tells: other readings, and the most for each
    rule on a fail."""
    if not achieved:
        return 0.0, 0.0
    alone, least = took(lambda: IntegerProgram(achieved, rules).least(achieved))
    assert (least is not None) == verdict.passes
    whole = alone
    readings = [rule for rule in rules if rule.confidence == "disputed" and rule.alternative]
    for rule in readings:
        other = [rule.alternative if each is rule else each for each in rules]
        whole += took(lambda other=other: IntegerProgram(achieved, other).least(achieved))[0]
    if not verdict.passes:
        caps = [rule for rule in rules if rule.bound == "at_most"]
        for rule in rules:
            program = took(lambda rule=rule: IntegerProgram(achieved, caps, lambda u: -rule.weight(u)).least(achieved))
            whole += program[0]
    return alone, whole


def print_routes() -> None:
    print("\nroute with proof, ms, from random achieved units; then with alternatives and prospects\n")
    print(f"{'':14}{'routes':>8}{'median':>9}{'worst':>9}{'all told':>10}{'worst':>9}")
    for qan, (units, rules) in catalogue().items():
        known = [name for name in MINIMISED if all(getattr(unit, name, 1) is not None for unit in units)]
        print_route_line(qan, units, rules, known)
    for seed in range(3):
        print_route_line(f"synthetic {seed}", *synthetic(random.Random(seed), **LARGE), ["credits"], begin=[[]])
    print(f"synthetic: {', '.join(f'{number} {name}' for name, number in LARGE.items())}")


def print_route_line(name, units, rules, measures, begin=None) -> None:
    source = random.Random(SEED)
    begin = begin or [[unit.key for unit in some[::2]] for some in selections(units, ROUTES, source)]
    plain, told = [], []
    for achieved in begin:
        for minimise in measures:
            cost, found = took(lambda a=achieved, m=minimise: route(units, rules, achieved=a, minimise=m))
            assert found.optimal
            plain.append(cost)
        if len(begin) > 1:
            told.append(cost + took(lambda found=found: (found.alternatives, found.prospects))[0])
    line = f"{name:14}{len(plain):>8}{median(plain):>9.1f}{max(plain):>9.1f}"
    print(line + (f"{median(told):>10.1f}{max(told):>9.1f}" if told else ""))


def print_sweeps() -> None:
    print(f"\nsweep, {ROWS:,} registrations with random achieved units, one core\n")
    heads = ("seconds", "reading", "times", "passes", "undecided", "questions")
    print(f"{'':14}" + "".join(f"{head:>11}" for head in heads))
    for qan, (units, rules) in catalogue().items():
        matrix = population(units)
        reading, _ = took(lambda matrix=matrix: int(np.bitwise_or.reduce(matrix.view(np.uint8), axis=None)))
        cost, passes = took(lambda u=units, r=rules, m=matrix: sweep(u, r, m))
        share, questions = undecided_share(units, rules, matrix)
        print(
            f"{qan:14}{cost / 1000:>11.2f}{reading / 1000:>11.3f}{cost / reading:>11.0f}"
            f"{passes.mean():>11.0%}{share:>11.0%}{questions:>11}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("reading: the same bytes from memory. undecided: neither do all units fit nor are they too few.")
    print(f"{peak:.0f} MB at most")


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
    for name, numbers in SIZES.items():
        for number in numbers:
            checks, routes = [], []
            for seed in range(5):
                units, rules = synthetic(random.Random(seed), **USUAL | {name: number})
                checks.append(took(lambda u=units, r=rules: check(u, r))[0])
                routes.append(took(lambda u=units, r=rules: route(u, r))[0])
            print(f"{name:10}{number:>6}" + "".join(f"{f(t):>10.1f}" for t in (checks, routes) for f in (median, max)))
    print(f"otherwise {', '.join(f'{number} {name}' for name, number in USUAL.items())}")


def synthetic(source, *, units, groups, caps, pairs) -> tuple[list[Unit], list[Rule]]:
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
    return made, rules
