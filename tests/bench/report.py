"""What the bench prints: one line a page."""

import os

from tests.bench.measure import CLIENTS, Cost, Times

AIM = 25
MEANING = (
    "processor: ms of Python's own for one view, whatever else the machine does. "
    "ratio: to the first page, with one client.\n"
    f"a second: pages, with {CLIENTS[-1]} clients."
)


def print_times(times: dict[tuple[str, int], Times], costs: dict[str, Cost]) -> None:
    first = next(iter(costs))
    heads = [f"{clients} client{'s' * (clients > 1)}" for clients in CLIENTS]
    print(f"\nServer's time in ms, median / 95th percentile; load of the machine {os.getloadavg()[0]:.1f}\n")
    print(
        f"{'':24}{'queries':>8}{'processor':>11}{'ratio':>7}"
        + "".join(f"{head:>18}" for head in heads)
        + f"{'a second':>10}"
    )
    for name, cost in costs.items():
        alone = times[name, 1].median
        cells = [f"{times[name, clients].median:.1f} / {times[name, clients].slowest_of_20:.1f}" for clients in CLIENTS]
        line = f"{name:24}{len(cost.queries):>8}{cost.processor:>11.1f}{alone / times[first, 1].median:>7.1f}"
        line += "".join(f"{cell:>18}" for cell in cells) + f"{times[name, CLIENTS[-1]].a_second:>10.0f}"
        print(line + (f"   over {AIM}" if alone > AIM else ""))
    print(f"\n{MEANING} Each figure is of {min(each.requests for each in times.values())} requests or more.")


def print_queries(costs: dict[str, Cost]) -> None:
    for name, cost in costs.items():
        print(f"\n{name}: {len(cost.queries)} queries, {sum(map(_took, cost.queries)):.0f} ms")
        for query in cost.queries:
            print(f"  {_took(query):4.0f} ms  {query['sql'][:400]}")


def _took(query: dict[str, str]) -> float:
    return float(query["time"]) * 1000
