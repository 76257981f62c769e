"""What the bench prints: one line a page."""

import os

from tests.bench.measure import CLIENTS, Times

AIM = 25


def print_times(times: dict[tuple[str, int], Times], queries: dict[str, list]) -> None:
    first = next(iter(queries))
    print(f"\nServer's time in ms, median / 95th percentile; load of the machine {os.getloadavg()[0]:.1f}\n")
    heads = [f"{clients} client{'s' * (clients > 1)}" for clients in CLIENTS]
    print(f"{'':24}{'queries':>8}{'ratio':>8}" + "".join(f"{head:>18}" for head in heads) + f"{'a second':>10}")
    for name, asked in queries.items():
        alone = times[name, 1].median
        cells = [f"{times[name, clients].median:.1f} / {times[name, clients].slowest_of_20:.1f}" for clients in CLIENTS]
        line = f"{name:24}{len(asked):>8}{alone / times[first, 1].median:>8.1f}"
        line += "".join(f"{cell:>18}" for cell in cells) + f"{times[name, CLIENTS[-1]].a_second:>10.0f}"
        print(line + (f"   over {AIM}" if alone > AIM else ""))
    print(f"\nratio: to the first page, with one client, in this run. a second: pages, with {CLIENTS[-1]} clients.")


def print_queries(queries: dict[str, list[dict[str, str]]]) -> None:
    for name, asked in queries.items():
        print(f"\n{name}: {len(asked)} queries, {sum(float(query['time']) for query in asked) * 1000:.0f} ms")
        for query in asked:
            print(f"  {float(query['time']) * 1000:4.0f} ms  {query['sql'][:400]}")
