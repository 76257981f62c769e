"""How long the importer takes for real specifications, and which of its stages takes how much of that."""

import os
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from quals.specification import reading

ROUNDS = 5
# Stage → the functions of `reading` that make it up; none of them calls another.
STAGES = {
    "lines": ["numbered_lines"],
    "is it one": ["_refuse_other_texts"],
    "listings": ["read_listings", "listed_rows"],
    "pages": ["cut_pages"],
    "structures": ["read_qualifications"],
    "strategies": ["read_strategies"],
    "outcomes": ["read_outcomes"],
    "requirements": ["read_requirements"],
    "checks": ["check_units", "check_ending", "pair_units"],
    "validation": ["_settle"],
}


@dataclass(frozen=True)
class Reading:
    """The fastest of a few rounds, in milliseconds of processor; `peak` in megabytes."""

    name: str
    size: int
    lines: int
    took: float
    stages: dict[str, float]
    plain: float
    peak: float


def measure_imports() -> list[Reading] | None:
    """None where no documents are named."""
    folder = os.environ.get("ATTEST_SPECIFICATIONS")
    paths = sorted(Path(folder).glob("*.txt")) if folder else []
    return [_measured(path.name, path.read_bytes()) for path in paths] if folder else None


def print_imports(readings: list[Reading] | None) -> None:
    if not readings:
        print("\nImporter: ATTEST_SPECIFICATIONS names no folder of specification documents: not measured.")
        return
    print(f"\nImporter's processor time in ms; load of the machine {os.getloadavg()[0]:.1f}\n")
    print(f"{'':18}{'lines':>7}{'kB':>6}{'ms':>7}" + "".join(f"{stage:>13}" for stage in STAGES) + f"{'peak MB':>9}")
    for each in readings:
        line = f"{each.name:18}{each.lines:>7}{each.size / 1000:>6.0f}{each.took:>7.0f}"
        print(line + "".join(f"{each.stages.get(stage, 0):>13.1f}" for stage in STAGES) + f"{each.peak:>9.1f}")
    took, plain = sum(each.took for each in readings), sum(each.plain for each in readings)
    sums = "".join(f"{sum(each.stages.get(stage, 0) for each in readings):>13.1f}" for stage in STAGES)
    lines, size = sum(each.lines for each in readings), sum(each.size for each in readings) / 1000
    print(f"{'together':18}{lines:>7}{size:>6.0f}{took:>7.0f}{sums}{max(each.peak for each in readings):>9.1f}")
    print(f"\nDecoding and splitting the same bytes: {plain:.1f} ms; reading takes {took / plain:.0f} times as long.")


def _measured(name: str, data: bytes) -> Reading:
    rounds = []
    for _ in range(ROUNDS):
        with _timing() as stages:
            rounds.append((_processor_time(lambda: reading.read_specification(data, name)), dict(stages)))
    took, stages = min(rounds, key=lambda entry: entry[0])
    plain = min(_processor_time(lambda: data.decode().splitlines()) for _ in range(ROUNDS))
    return Reading(name[:16], len(data), data.count(b"\n") + 1, took, stages, plain, _peak(data, name))


def _processor_time(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return (time.process_time() - begun) * 1000


@contextmanager
def _timing() -> Iterator[dict[str, float]]:
    """While this lasts, every stage adds its time to the dictionary."""
    took: dict[str, float] = defaultdict(float)

    def timed(stage: str, do: Callable) -> Callable:
        def call(*arguments):
            begun = time.process_time()
            try:
                return do(*arguments)
            finally:
                took[stage] += (time.process_time() - begun) * 1000

        return call

    functions = {name: timed(stage, getattr(reading, name)) for stage, names in STAGES.items() for name in names}
    with patch.multiple(reading, **functions):
        yield took


def _peak(data: bytes, name: str) -> float:
    tracemalloc.start()
    try:
        reading.read_specification(data, name)
        return tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()
