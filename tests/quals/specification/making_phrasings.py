"""The sentences in which awarding bodies print rules of combination, as patterns; and prose that is no rule."""

TOTAL = (
    "{Learners} must achieve a minimum of {n} credits",
    "{Learners} must achieve a minimum of {n} credits in total",
    "A total of {n} credits must be achieved",
    "To achieve this qualification {learners} must gain at least {n} credits",
    "{Learners} need {n} credits overall",
    "{Learners} are required to achieve a minimum total of {n} credits",
    "{Learners} must gain {n} credits to be awarded this qualification",
    "Total credits required: {n}",
    "Minimum credit value: {n}",
)
TOTAL_LABELS = (
    "Minimum number of credits that must be achieved",
    "Number of credits that must be achieved",
    "Total credits required",
    "Total credits",
    "Minimum credit value",
)
LEVEL = (
    "At least {n} credits must be at Level {level} or above",
    "A minimum of {n} credits must be achieved at level {level} and above",
    "{n} credits or more must be at level {level} or higher",
    "A minimum of {n} credits must come from units at level {level}+",
    "At least {n} of the credits must be at or above Level {level}",
    "Minimum number of credits at Level {level} or above: {n}",
    "{Learners} should achieve no fewer than {n} credits at Level {level} (or above)",
)
LEVEL_EXACTLY = ("At least {n} credits must be at Level {level}", "A minimum of {n} credits at level {level}")
MANDATORY = (
    "All mandatory units must be completed",
    "{Learners} must complete all units in Group A",
    "All of the units in Group A must be achieved ({credits} credits)",
    "{Learners} must achieve all {size} mandatory units",
    "{credits} credits from the mandatory units",
    "All {size} units from Group A ({credits} credits)",
    "{Learners} must complete every unit in Group A",
    "{credits} credits must be achieved from the mandatory units listed in Group A",
)
LEAST = (
    "a minimum of {n} {credits} from {groups}",
    "at least {n} {credits} must be achieved from {groups}",
    "{Learners} must take at least {n} {credits} from {groups}",
    "{n} {credits} must come from {groups}",
    "no fewer than {n} {credits} from {groups}",
    "{n} or more {credits} from {groups}",
    "{n} {credits} minimum from {groups}",
    "Min. {n} {credits} from {groups}",
    "From {groups}, a minimum of {n} {credits} must be selected",
    "Minimum number of {credits} from {groups}: {n}",
    "{Learners} must successfully complete a minimum of {n} {credits} from the units available in {groups}",
    "not less than {n} {credits} drawn from {groups}",
)
TOGETHER = ("", " together", " combined", " in total", " taken together", " altogether")
MOST = (
    "a maximum of {n} {credits} from {groups}",
    "No more than {n} {credits} may come from {groups}",
    "{Learners} may take up to {n} {credits} from {groups}",
    "{Learners} cannot take more than {n} {credits} from {groups}",
    "{Learners} may only take {n} {credits} from {groups}",
    "Max. {n} {credits} from {groups}",
    "{n} {credits} maximum from {groups}",
    "Only {n} {credits} can be counted from {groups}",
    "At most {n} {credits} can contribute from {groups}",
    "Maximum number of {credits} from {groups}: {n}",
)
MOST_CREDITS = ("Credits from {groups} must not exceed {n}", "Credits from {groups} are limited to {n}")
BOTH_ENDS = (
    "between {n} and {m} {credits} from {groups}",
    "a minimum of {n} and a maximum of {m} {credits} from {groups}",
    "at least {n} but no more than {m} {credits} from {groups}",
    "at least {n} {credits} and at most {m} {credits} from {groups}",
)
EACH = (
    "one unit from each of {groups}",
    "A minimum of one unit must be taken from each of {groups}",
    "At least 1 unit from each optional group",
    "{Learners} must complete at least one unit from each of the optional groups",
    "One or more units from each optional group",
)
LIST = (
    "No more than {n} units may be taken from units {keys}",
    "Only {n} of units {keys} may be counted",
    "A maximum of {n} of the following units can be taken: {keys}",
    "{Learners} may only take {n} of units {keys}",
    "A maximum of {n} units from {keys} may count",
)
LIST_LEAST = (
    "At least {n} of the following units must be taken: {keys}",
    "{Learners} must complete at least {n} of units {keys}",
)
BARRED = (
    "Units {a} and {b} cannot both be taken",
    "Units {a} and {b} may not be taken together",
    "Unit {a} is barred with unit {b}",
    "Unit {a} cannot be combined with unit {b}",
    "{Learners} may not take units {a} and {b} together",
    "{Learners} cannot take both unit {a} and unit {b}",
    "Units {a} and {b} are mutually exclusive",
    "Barred combination: units {a} and {b}",
    "Only one of the following units can be taken: {a}, {b}",
    "{Learners} may take either unit {a} or unit {b} but not both",
    "Unit {a} must not be taken in combination with unit {b}",
)
REMAINING = (
    "The remaining credits may come from any optional group",
    "The remaining credits can be taken from {groups}",
    "The balance of credits must be taken from {groups}",
    "The remaining credits may come from {groups} (maximum {n} from {last})",
    "The remaining credits can be selected from {groups}, with no more than {n} credits from {last}",
)
PROSE = (
    "Learners may work in any trade.",
    "Each credit stands for 10 hours of learning.",
    "The qualification has a Total Qualification Time (TQT) of 410 hours and 180 Guided Learning Hours (GLH).",
    "All units are internally assessed.",
    "Units can be taken in any order.",
    "Learners may progress to the Level 5 Diploma in Bell Ringing.",
    "The table below lists the mandatory and optional units.",
    "Centres must be approved before they offer optional units.",
    "Recognition of prior learning is described elsewhere in this document.",
    "A certificate of unit credit is printed for learners who achieve single units only.",
    "See page 12 for the units.",
    "Ask the centre for advice on which units fit a job.",
)
UNREAD = (
    "{Learners} must follow one of the two pathways.",
    "For the Tower pathway at least 9 credits must come from Group B.",
    "Either 6 credits from Group B or 9 credits from Group C must be achieved.",
    "10 credits from either Group B or Group C must be achieved.",
    "Unless they hold another award, {learners} must achieve 6 credits from Group B.",
    "If a unit of Group C is taken, 6 credits from Group B must be taken.",
    "At least 9 credits from Group B, excluding those for beginners.",
    "No units from Group C may be taken by volunteers.",
    "At least 65% of the credits must be at level 3 or above.",
    "6 credits from units marked in green must be achieved.",
    "A minimum of 6 credits from Group Z.",
    "For the endorsed title, 6 credits from Group B must be taken.",
)
