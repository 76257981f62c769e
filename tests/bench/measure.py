"""Asks the server for pages, one, four and sixteen at once, and reads in its log how long each took."""

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import product
from pathlib import Path
from statistics import median, quantiles

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.bench.pages import Page
from tests.stack.servers import dying_with_us, free_port, listens, running, until

CLIENTS = (1, 4, 16)
REQUESTS = {1: 120, 4: 160, 16: 240}
ROUNDS = 5
SECONDS = {1: 5.0, 4: 2.5, 16: 2.5}  # at most, for one page
WARM_UP = 40
VIEWS = 15
MARK = "X-Bench"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Times:
    """What the server said of one page at one number of clients, in milliseconds."""

    median: float
    slowest_of_20: float
    requests: int
    a_second: float


@dataclass(frozen=True)
class Cost:
    """What a view takes whatever else the machine does: its queries, and this thread's milliseconds of processor."""

    queries: list[dict[str, str]]
    processor: float


def measure(pages: list[Page], data: Path) -> dict[tuple[str, int], Times]:
    """(page, clients) → times. What fills caches is not counted; then round after round of every page, so that
    whatever else the machine does meanwhile slows all of them alike."""
    connections.close_all()
    port, log, lasted = free_port(), data / "access.log", defaultdict(float)
    with running(gunicorn(port, log), data) as alive:
        until(lambda: listens(port), alive, "gunicorn")
        for page in pages:
            ask(port, page, clients=4, requests=WARM_UP, mark="warm-up")
        for clients, _, page in product(CLIENTS, range(ROUNDS), pages):
            mark = f"{page.name}/{clients}"
            lasted[mark] += ask(port, page, clients=clients, requests=REQUESTS[clients] // ROUNDS, mark=mark)
    took = durations(log)
    return {
        (page.name, clients): times_of(took[f"{page.name}/{clients}"], lasted[f"{page.name}/{clients}"])
        for clients, page in product(CLIENTS, pages)
    }


def gunicorn(port: int, log: Path) -> list[str | Path]:
    """As `./attest run` starts it, with a log of microseconds."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--worker-class", "gthread", "--threads", "8", "--graceful-timeout", "5", "--no-control-socket"]
    command += ["--chdir", str(ROOT), "--log-level", "warning", "--access-logfile", str(log)]
    command += ["--access-logformat", "%(D)s %(s)s %({" + MARK.lower() + "}i)s"]
    return dying_with_us(command, sends="TERM")


def ask(port: int, page: Page, *, clients: int, requests: int, mark: str) -> float:
    """So many clients with a connection each, until all is asked for or time is up; how long it lasted."""
    deadline = time.monotonic() + SECONDS[clients] / ROUNDS
    wrong: list[int | Exception] = []

    def client() -> None:
        try:
            for _, status in zip(range(requests // clients), visits(port, page, mark), strict=False):
                if status != 200:
                    wrong.append(status)
                if wrong or time.monotonic() > deadline:
                    break
        except (OSError, HTTPException) as error:
            wrong.append(error)

    begun = time.monotonic()
    threads = [threading.Thread(target=client, daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{page.name} ({page.path}) answered {wrong[0]}")
    return time.monotonic() - begun


def visits(port: int, page: Page, mark: str) -> Iterator[int]:
    """One browser that asks for the page again and again over one connection; the status of each answer."""
    link = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        while True:
            link.request("GET", page.path, headers={"Cookie": page.cookie, MARK: mark, "Host": "localhost"})
            answer = link.getresponse()
            answer.read()
            yield answer.status
    finally:
        link.close()


def durations(log: Path) -> dict[str, list[float]]:
    """Milliseconds of every request, by its mark."""
    found = defaultdict(list)
    for line in log.read_text().splitlines():
        microseconds, _, mark = line.split(" ", 2)
        found[mark].append(int(microseconds) / 1000)
    return found


def times_of(took: Sequence[float], lasted: float) -> Times:
    return Times(median(took), quantiles(took, n=20)[-1], len(took), len(took) / lasted)


def cost_of(page: Page) -> Cost:
    """What one view costs a process that has served the page before."""
    for _ in range(3):
        answer = page.browser.get(page.path)
    if answer.status_code != 200:
        raise SystemExit(f"{page.name} ({page.path}) answered {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        page.browser.get(page.path)
    queries = captured.captured_queries
    return Cost(queries, median(processor_time(page) for _ in range(VIEWS)))


def processor_time(page: Page) -> float:
    begun = time.thread_time()
    page.browser.get(page.path)
    return (time.thread_time() - begun) * 1000
