"""CASE's own shapes: whether an answer is one of them."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema

SCHEMA = Path(__file__).with_name("case-1.1.schema.json")
FORMATS = jsonschema.FormatChecker(["uuid", "date"])


@FORMATS.checks("uri")
def is_uri(text: object) -> bool:
    parts = urlsplit(str(text))
    return bool(parts.scheme and parts.netloc) and not set(str(text)) & set(' "<>\\^`{|}')


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(text: object) -> bool:
    return "T" in str(text) and datetime.fromisoformat(str(text)).tzinfo is not None


@cache
def validator_of(kind: str) -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema | {"$ref": f"#/$defs/{kind}"}, format_checker=FORMATS)


def faults_in(found: object, kind: str) -> list[str]:
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in validator_of(kind).iter_errors(found)]


def assert_is(found: object, kind: str) -> None:
    faults = faults_in(found, kind)
    assert not faults, "\n".join(faults[:10])
