"""A real Celery worker with its timetable, on the database and broker of the test that asks for it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

START_SECONDS = 60


class Worker:
    """Starts ready for work; `kill` is the power cut, `stop` the polite way."""

    def __init__(self, *, directory: Path, environment: dict[str, str]):
        self.log = directory / "worker.log"
        self.directory = directory
        self.environment = environment
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat", "--concurrency", "1"]
        command += ["--schedule", str(self.directory / "timetable"), "--loglevel", "info", "--without-mingle"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *command],
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready()

    def kill(self) -> None:
        """SIGKILL to every process of the worker: nothing is finished, said or tidied up."""
        self._send(signal.SIGKILL)

    def stop(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=10)
            self._send(signal.SIGKILL)

    def _send(self, what: signal.Signals) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, what)
            self.process.wait()
            self.process = None

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while b" ready." not in self.log.read_bytes():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The worker did not start:\n{self.log.read_text()}")
            time.sleep(0.1)
