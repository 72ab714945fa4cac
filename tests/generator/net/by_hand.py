"""Compares what was recorded with what a person wrote, who says no more than what matters.

In such a file, a result may name some attributes of a model only (all others must be None), ``!_`` is a model of any
name, and ``=others`` are the values of attributes that no rule names. Of an exception, the class is enough. Neither the
order of query parameters and parts has a meaning, nor whether the text of a part says that it is text.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, cast
from urllib.parse import parse_qsl, unquote

from tests.generator.net.notation import Tagged, dump

Json = dict[str, Any]

ANY_NAME = "_"
ABSENT = "=None"
OTHERS = "=others"
# What OpenAPI does not describe.
_UNSAID = ("repeated", "starts_run")


def reduce_call(call: Json) -> Json:
    """Return a call without what has no meaning."""
    reduced = {key: value for key, value in call.items() if key not in _UNSAID}
    if "request" in call:
        reduced["request"] = _reduce_request(call["request"])
    return reduced


def _reduce_request(request: Json) -> Json:
    path, _, query = request["url"].partition("?")
    reduced = {**request, "url": _decode_path(path)}
    if query:
        pairs = [[name, value] for name, value in parse_qsl(query, keep_blank_values=True)]
        reduced["query"] = sorted(pairs, key=itemgetter(0))
    if "type" in request:
        reduced["type"] = request["type"].lower().removesuffix("; charset=utf-8")
    if "parts" in request:
        parts = [
            {key: value for key, value in part.items() if "filename" in part or (key, value) != ("type", "text/plain")}
            for part in request["parts"]
        ]
        reduced["parts"] = sorted(parts, key=lambda part: str(part["name"]))
    return reduced


def _decode_path(path: str) -> str:
    """Decode what does not have to be encoded in a path."""
    for encoded in ("%2C", "%3A", "%40", "%3D"):
        path = path.replace(encoded, unquote(encoded))
    return path


def align_call(expected: Json, found: Json) -> Json:
    """Return what was recorded for a call in the terms in which the expected one is written."""
    aligned = dict(found)
    if "raises" in expected and "raises" in found and ":" not in expected["raises"]:
        aligned["raises"] = found["raises"].partition(":")[0]
    if "result" in expected and "result" in found:
        aligned["result"] = _align(expected["result"], found["result"])
    return aligned


def _align(expected: Any, found: Any) -> Any:
    if isinstance(expected, Tagged) and isinstance(found, Tagged):
        wanted, given = expected.value, found.value
        if not all(isinstance(value, dict) for value in (wanted, given)):
            return found
        tag = ANY_NAME if expected.tag == ANY_NAME else found.tag
        return Tagged(tag, _align_attributes(wanted, given))
    if isinstance(expected, dict) and isinstance(found, dict):
        members = cast("Json", expected)
        return {key: _align(members.get(key), value) for key, value in cast("Json", found).items()}
    if isinstance(expected, list) and isinstance(found, list):
        rows, others = cast("list[Any]", found), cast("list[Any]", expected)
        return [_align(others[index] if index < len(others) else None, row) for index, row in enumerate(rows)]
    return found


def _align_attributes(expected: Json, found: Json) -> Json:
    absent = found.get(ABSENT, "").split(", ")
    aligned: Json = {name: None for name in expected if name in absent}
    others: Json = {}
    for name, value in found.items():
        if name in expected:
            aligned[name] = _align(expected[name], value)
        elif name != ABSENT and not (isinstance(value, Tagged) and value.tag == "Unset"):
            others[name] = value
    return {**aligned, **({OTHERS: _align_others(expected[OTHERS], others)} if OTHERS in expected else others)}


def _align_others(expected: list[Any], others: Json) -> list[Any]:
    """Return values in the order in which they are expected."""
    found, ordered = list(others.values()), list[Any]()
    for wanted in expected:
        for index, value in enumerate(found):
            if dump([_align(wanted, value)], sort_keys=True) == dump([wanted], sort_keys=True):
                ordered.append(_align(wanted, found.pop(index)))
                break
    return ordered + found
