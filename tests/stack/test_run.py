"""`./attest run`, the way newcomers meet it: it answers, mends itself, stops without a trace, keeps its data."""

import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.stack.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("ATTEST_STACK" in os.environ, reason="runs on SQLite, whatever the other tests run on"),
]


class Installation:
    def __init__(self, data: Path):
        self.port = free_port()
        self.data = data
        self.log = data.parent / "log"
        wanted = ("PATH", "HOME", "LANG")
        self.environment = {name: os.environ[name] for name in wanted if name in os.environ}
        self.environment |= {"PORT": str(self.port), "DATA_DIR": str(data)}

    def start(self) -> subprocess.Popen:
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                ["./attest", "run"], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: "Attest is at" in self.log.read_text() or process.poll() is not None, START_SECONDS)
        assert process.poll() is None, self.log.read_text()
        return process

    def processes(self, holding: str = "") -> list[int]:
        """Every process that works on our data directory."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                environment, command = (path / "environ").read_bytes(), (path / "cmdline").read_bytes()
            except (PermissionError, FileNotFoundError, ProcessLookupError):
                continue
            if f"DATA_DIR={self.data}\0".encode() in environment and holding.encode() in command:
                found.append(int(path.name))
        return found


def until(done, seconds=30):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def installation(tmp_path):
    installation = Installation(tmp_path / "data")
    yield installation
    for process in installation.processes():
        os.kill(process, signal.SIGKILL)


def test_run_starts_mends_itself_stops_cleanly_and_keeps_its_data(installation):
    process = installation.start()
    with urllib.request.urlopen(f"http://127.0.0.1:{installation.port}/accounts/login/", timeout=10) as answer:
        assert answer.status == 200
    keys = [installation.data / "secret_key", installation.data / "seal_key"]
    assert [key.stat().st_mode & 0o777 for key in keys] == [0o600, 0o600]
    first_keys = [key.read_bytes() for key in keys]

    again = subprocess.run(
        ["./attest", "run"], cwd=ROOT, env=installation.environment, capture_output=True, text=True, check=False
    )
    assert again.returncode == 1
    assert again.stderr.count("\n") == 1
    assert f"port {installation.port} is in use" in again.stderr

    killed = installation.processes(holding="celery")
    os.kill(min(killed), signal.SIGKILL)
    until(lambda: set(installation.processes(holding="celery")) - set(killed))

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert installation.processes() == []

    process = installation.start()
    assert [key.read_bytes() for key in keys] == first_keys
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert installation.processes() == []
