"""Conversion in a process of its own, with limits: what a hostile file can reach is that process and no more."""

import json
import logging
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from ..refusal import NotASpecification

logger = logging.getLogger(__name__)

ROOT = Path(__file__).parents[3]
WALL_SECONDS = 600
CPU_SECONDS = 300
MEMORY = 1_000_000_000
TOOK_TOO_LONG = (-signal.SIGXCPU, -signal.SIGKILL)
ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")
NAMES = {"pdf": "PDF", "web": "web page", "word": "Word document"}
ADVICE = "save it anew from its source, or as .docx, and import that."
TOO_LONG = "This {} takes longer to read than any specification: " + ADVICE
DAMAGED = "This {} is damaged, or holds what cannot be read: " + ADVICE
TOO_BIG = "This {} needs more memory than any specification: " + ADVICE


def lines_from_child(kind: str, data: bytes) -> list[str]:
    """The lines that `python -m quals.specification.formats KIND` makes of the bytes."""
    command = [sys.executable, "-m", __package__, kind]
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    environment["PYTHONHASHSEED"] = "0"
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=WALL_SECONDS, cwd=ROOT, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotASpecification(TOO_LONG.format(NAMES[kind])) from None
    if done.stderr:
        logger.warning("A document could not be converted: %s", _last_line(done.stderr))
    if done.returncode:
        sentence = TOO_LONG if done.returncode in TOOK_TOO_LONG else DAMAGED
        raise NotASpecification(sentence.format(NAMES[kind]))
    return _told(done.stdout)


def _last_line(output: bytes) -> str:
    return output[-1000:].decode("utf-8", "replace").strip().split("\n")[-1]


def _told(output: bytes) -> list[str]:
    first, *lines = [json.loads(line) for line in output.splitlines()]
    if "refused" in first:
        raise NotASpecification(first["refused"])
    return lines


def limit_this_process() -> None:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, hard))
        except (OSError, ValueError):  # some systems know the limit, but do not let it be set
            continue
