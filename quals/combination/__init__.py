"""The rules of combination: whether some choice of whole units satisfies every rule, which, and why not.

Pure Python: no Django and nothing of ours. Credits are whole numbers, levels are numbers, groups are codes,
units go by key. A rule is one linear bound in the shape of the qualification pack; the invariants that this
package keeps are ROC-1 to ROC-5 and CAT-6.

    check(units, rules)              -> Verdict: passes, counted, rules, disputed, differs, reason
    verify(counted, units, rules)    -> bool: the independent second look, before anything is stored
    totals(units)                    -> Totals: credits, units, by_level, by_group, units_by_group
    Rule.from_pack(data)             -> Rule; ValueError where the rule is not one this engine knows
"""

from .facts import Rule, RuleResult, Totals, Unit, Verdict, totals
from .verdict import check
from .verifier import verify

__all__ = ["Rule", "RuleResult", "Totals", "Unit", "Verdict", "check", "totals", "verify"]
