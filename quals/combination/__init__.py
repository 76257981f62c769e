"""The rules of combination: whether some choice of whole units satisfies every rule, which, and why not.

No Django and nothing of ours. Credits are whole numbers, levels are numbers, groups are codes, units go by key. A
rule is one linear bound in the shape of the qualification pack; the invariants that this package keeps are ROC-1
to ROC-5 and CAT-6.

    rules = RuleSet(units, rules)        made once for a qualification, then asked as often as there are questions
    rules.open_to(day)                   -> RuleSet of what may count for a registration of that day

    check(rules, achieved)               -> Verdict: passes, counted, rules, uncounted, shortfalls, readings
    verify(rules, achieved, counted)     -> bool: the independent second look, before anything is stored
    route(rules, achieved, …)            -> Route: the cheapest further units, proved; alternatives; prospects
    reachable(rules, chosen)             -> Reach: whether a plan can ever do, and what has to change
    clashes(rules)                       -> Clash, …: rules that can never be met
    sweep(rules, matrix)                 -> the verdicts of a whole population
    Unproved                             raised where an answer takes too long, or its numbers are too large to be sure
    totals(units)                        -> Totals: credits, units, by_level, by_group, units_by_group
    Rule.from_pack(data)                 -> Rule; ValueError where the rule is not one this engine knows
"""

from .deadline import Unproved
from .facts import Rule, Totals, Unit, totals
from .plans import Clash, Reach, clashes, reachable
from .population import sweep
from .routes import Option, Prospect, Route, route
from .ruleset import RuleSet
from .shortfall import Shortfall
from .uncounted import Uncounted
from .verdict import RuleResult, Verdict, check
from .verifier import verify

__all__ = [
    "Clash",
    "Option",
    "Prospect",
    "Reach",
    "Route",
    "Rule",
    "RuleResult",
    "RuleSet",
    "Shortfall",
    "Totals",
    "Uncounted",
    "Unit",
    "Unproved",
    "Verdict",
    "check",
    "clashes",
    "reachable",
    "route",
    "sweep",
    "totals",
    "verify",
]
