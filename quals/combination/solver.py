"""The same questions asked of an integer programming solver (HiGHS), for rule sets too wide for exact tables.

The solver reckons in floating point: its answer is added up in whole numbers before it is believed. That there is
none, or no better one, rests on the solver's word, which is taken only where a whole unit is far above what it lets
pass as equal (1e-6): nothing may add up to more than `LARGEST`.
"""

from .deadline import Unproved, seconds_left

LARGEST = 1_000_000
EDGE = 0.5  # costs are whole, so a bound that is nearer than a whole one below the answer proves it


def fewest(costs, problem):
    """(least cost, the places of the open units chosen), or None where no choice keeps every bound; else Unproved."""
    if max([_size(costs), *[_size(bound.weights) for bound in (*problem.needs, *problem.caps)]]) > LARGEST:
        raise Unproved("The numbers are too large to be reckoned with exactly.")
    import highspy  # here, because it takes a while to load and few rule sets need it

    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    for name in ("mip_rel_gap", "mip_abs_gap"):
        model.setOptionValue(name, 0.0)
    model.setOptionValue("threads", 1)
    model.setOptionValue("time_limit", seconds_left())
    model.passModel(_model(highspy, costs, problem))
    model.run()
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise Unproved(f"The solver ended with {model.modelStatusToString(status)}.")
    chosen = {i for i, value in enumerate(model.getSolution().col_value) if value > 0.5}
    value = sum(costs[i] for i in chosen)
    bound = model.getInfo().mip_dual_bound
    if not _keeps(chosen, problem) or value - bound > EDGE:
        raise Unproved("The solver's answer does not add up.")
    return value, chosen


def _size(weights):
    return sum(map(abs, weights))


def _model(highspy, costs, problem):
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(costs), len(problem.needs) + len(problem.caps)
    model.col_cost_ = [float(cost) for cost in costs]
    model.col_lower_, model.col_upper_ = [0.0] * len(costs), [1.0] * len(costs)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    infinite = highspy.kHighsInf
    model.row_lower_ = [float(need.amount) for need in problem.needs] + [-infinite] * len(problem.caps)
    model.row_upper_ = [infinite] * len(problem.needs) + [float(cap.amount) for cap in problem.caps]
    starts, places, values = [0], [], []
    for bound in (*problem.needs, *problem.caps):
        for i, weight in enumerate(bound.weights):
            if weight:
                places.append(i)
                values.append(float(weight))
        starts.append(len(places))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, places, values
    return model


def _keeps(chosen, problem):
    enough = all(sum(need.weights[i] for i in chosen) >= need.amount for need in problem.needs)
    return enough and all(sum(cap.weights[i] for i in chosen) <= cap.amount for cap in problem.caps)
