"""Reads a document from standard input and prints its lines, each as JSON; the first says whether there are any."""

import json
import logging
import sys
import traceback

from ..refusal import NotASpecification
from .child import DAMAGED, NAMES, TOO_BIG, limit_this_process


def _lines(kind: str, data: bytes) -> list[str]:
    from . import pdf, web, word
    from .writing import as_lines

    return as_lines({"pdf": pdf, "web": web, "word": word}[kind].read(data))


def main(kind: str) -> None:
    limit_this_process()
    logging.disable()
    lines: list[str] = []
    try:
        lines = _lines(kind, sys.stdin.buffer.read())
        told = {"lines": len(lines)}
    except NotASpecification as problem:
        told = {"refused": problem.message}
    except MemoryError:
        told = {"refused": TOO_BIG.format(NAMES[kind])}
    except Exception:  # whatever a library raises on a damaged file, the person is told the same
        traceback.print_exc()
        told = {"refused": DAMAGED.format(NAMES[kind])}
    for line in (told, *lines):
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
