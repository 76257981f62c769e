"""Starts PostgreSQL and Redis for the length of one command: `python -m tests.stack -- COMMAND...`."""

import os
import signal
import subprocess
import sys

from tests.stack.servers import dying_with_us, services


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("usage: python -m tests.stack -- COMMAND...", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with services() as environment:
            return run(command, os.environ | environment)
    except KeyboardInterrupt:
        return 130


def run(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(dying_with_us(command, sends="TERM"), env=environment)
    try:
        return process.wait()
    finally:
        if process.poll() is None:  # we were told to stop: so is the command, before its services go
            process.terminate()
            process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
