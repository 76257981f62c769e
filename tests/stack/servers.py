"""A PostgreSQL and a Redis of our own: free ports, a directory of their own, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

START_SECONDS = 60
POSTGRES_OPTIONS = {
    # Nobody minds losing a test database in a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Between two tests the tables are empty, and what it would note of them then makes the planner loop over whole
    # catalogues in the next one.
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "log_min_messages": "panic",
}


@contextmanager
def services() -> Iterator[dict[str, str]]:
    """The environment that names both."""
    with postgres() as database, redis() as cache:
        yield {
            "ATTEST_STACK": "1",
            "DATABASE_URL": database,
            "REDIS_URL": f"{cache}/0",
            "CELERY_BROKER_URL": f"{cache}/1",
        }


@contextmanager
def postgres() -> Iterator[str]:
    # PostgreSQL refuses to run as root.
    user = postgres_user() if os.geteuid() == 0 else None
    with directory(user) as data:
        options = ["--username=attest", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        initdb = [*as_user(user), program("initdb"), *options, f"--pgdata={data}/data"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=data)
        port = free_port()
        options = POSTGRES_OPTIONS | {"port": str(port), "unix_socket_directories": str(data)}
        settings = [argument for name, value in options.items() for argument in ("-c", f"{name}={value}")]
        command = [*as_user(user), program("postgres"), "-D", f"{data}/data", *settings]
        with running(command, data, stop=signal.SIGQUIT) as alive:  # at once: nobody wants its data
            until(lambda: accepts(data, port), alive, "PostgreSQL")
            make_database(f"postgres://attest@127.0.0.1:{port}/postgres")
            yield f"postgres://attest@127.0.0.1:{port}/attest"


def make_database(address: str) -> None:
    connection = psycopg2.connect(address)
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE attest")
    connection.close()


@contextmanager
def redis() -> Iterator[str]:
    with directory() as data:
        port = free_port()
        command = [
            "redis-server",
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(data),
        ]
        with running(dying_with_us(command), data) as alive:
            until(lambda: listens(port), alive, "Redis")
            yield f"redis://127.0.0.1:{port}"


@contextmanager
def directory(owner: str | None = None) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="attest-"))
    try:
        if owner:
            shutil.chown(path, owner)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running(
    command: list[str | Path], data: Path, stop: signal.Signals = signal.SIGTERM
) -> Iterator[Callable[[], bool]]:
    """One server; a group of its own, so that Ctrl-C reaches the tests first and the server last."""
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=data, start_new_session=True)
        try:
            yield lambda: process.poll() is None
        finally:
            process.send_signal(stop)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()
            process.wait()


def until(ready: Callable[[], bool], alive: Callable[[], bool], name: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if not alive() or time.monotonic() > deadline:
            raise RuntimeError(f"{name} did not start")
        time.sleep(0.05)


def accepts(data: Path, port: int) -> bool:
    """The status line of postmaster.pid says when it takes connections; the port alone is open too early."""
    with suppress(FileNotFoundError):
        return "ready" in (data / "data" / "postmaster.pid").read_text() and listens(port)
    return False


def listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def program(name: str) -> str:
    """Debian keeps the server's programs off the path; the newest version wins."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(found[-1]) if found else name


def postgres_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def as_user(user: str | None) -> list[str]:
    identity = ["--reuid", user, "--regid", str(pwd.getpwnam(user).pw_gid), "--init-groups"] if user else []
    return dying_with_us([], *identity, sends="QUIT")


def dying_with_us(command: list[str | Path], *more: str, sends: str = "KILL") -> list[str | Path]:
    """No server outlives a test run, even one that was killed outright."""
    return ["setpriv", "--pdeathsig", sends, *more, "--", *command]
