"""The contract: loads ``schemas/`` and checks records and rejections against it (JSON Schema 2020-12)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

SchemaName = Literal["record", "rejection"]

_PACKAGE = Path(__file__).parent
_FOLDERS = (_PACKAGE / "schemas", _PACKAGE.parent / "schemas")  # in the wheel; in a checkout


@cache
def load_schema(name: SchemaName) -> dict[str, Any]:
    """The schema as a dict. Raises FileNotFoundError when the installation is incomplete."""
    for folder in _FOLDERS:
        path = folder / f"{name}.schema.json"
        if path.is_file():
            schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return schema
    raise FileNotFoundError(f"{name}.schema.json is missing from the installation; install the package again")


@cache
def _validator(name: SchemaName) -> Draft202012Validator:
    return Draft202012Validator(load_schema(name), format_checker=FormatChecker())


@cache
def _quick_validator(name: SchemaName) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(load_schema(name), validate_formats=True)


def schema_error(value: object, name: SchemaName = "record") -> str | None:
    """What the schema has against ``value``, as one sentence with the place; None when it is valid.

    jsonschema-rs passes what is valid in a hundredth of the time; jsonschema judges the rest, and finds the words.
    """
    try:
        if _quick_validator(name).is_valid(value):
            return None
    except (TypeError, ValueError):  # no JSON (a tuple, a lone surrogate): jsonschema says what it thinks of it
        pass
    error = best_match(_validator(name).iter_errors(value))
    if error is None:
        return None
    return f"{error.json_path}: {error.message[:300]}"


def grounding_error(record: dict[str, Any]) -> str | None:
    """The first evidence whose text is not what stands at its offsets; None when all are exact."""
    text = record["text"]
    pending: list[tuple[_Path, Any]] = [(None, record)]
    while pending:
        path, value = pending.pop()
        if type(value) is list:
            pending += [((path, i), member) for i, member in enumerate(value) if type(member) in _NESTED]
            continue
        for i, span in enumerate(value.get("evidence", ())):
            start, end = span["start"], span["end"]
            if text[start:end] != span["text"]:
                return f"{_json_path(path)}.evidence[{i}]: the text at {start}-{end} is not {span['text']!r}"
        pending += [((path, k), member) for k, member in value.items() if type(member) in _NESTED and k != "evidence"]
    return None


_NESTED = frozenset((list, dict))
_Path = tuple["_Path", str | int] | None  # a linked list: only that of an error is ever written out


def _json_path(path: _Path) -> str:
    if path is None:
        return "$"
    parent, key = path
    return f"{_json_path(parent)}[{key}]" if isinstance(key, int) else f"{_json_path(parent)}.{key}"
