"""Samples: values that are valid for a schema, always the same ones.

The libraries for this choose at random, or make values that their own schema forbids. Here every candidate is validated
before it is used, so it is enough that the right value is among the candidates.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, cast

from jsonschema_rs import Draft202012Validator

from eigenpal.testing._server.patterns import iter_matches
from eigenpal.testing._server.specification import Specification

Schema = Mapping[str, Any]
References = tuple[str, ...]
"""The references that led to a schema, so that one that contains itself is noticed."""

_MAX_VALUES = 5_000
"""Optional properties are left out of an object that would have more values than this in total."""
_MAX_VARIATIONS = 40
"""The number of optional properties that are left out, or added, one at a time."""
_MAX_LENGTH = 1_000_000
"""What has to have more characters or items than this has no sample."""
_MAX_NUMBERED = 100
"""The number of texts and numbers that differ from each other, for arrays of unique items."""

_FORMATS = {
    "byte": "c2FtcGxl",
    "date": "2026-01-01",
    "date-time": "2026-01-01T00:00:00Z",
    "decimal": "1.5",
    "duration": "P1D",
    "email": "user@example.com",
    "hostname": "example.com",
    "idn-email": "user@example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "iri": "https://example.com/",
    "iri-reference": "/sample",
    "json-pointer": "/sample",
    "regex": "^sample$",
    "relative-json-pointer": "0",
    "time": "00:00:00Z",
    "uri": "https://example.com/",
    "uri-reference": "/sample",
    "uri-template": "/{sample}",
    "url": "https://example.com/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
_KEYWORDS_OF_TYPES = {
    "object": ("properties", "additionalProperties", "patternProperties", "required", "minProperties"),
    "array": ("items", "prefixItems", "contains", "minItems", "maxItems"),
    "string": ("pattern", "format", "minLength", "maxLength"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}
_COMBINATIONS = ("anyOf", "oneOf", "allOf")
_MARKS = ("x-eigenpal-variants", "example", "examples", "default")


class NoSampleError(Exception):
    """No valid value was found for a schema."""


class Sampler:
    """Makes samples for the schemas of a document.

    Examples and known values inside a schema are used. Optional properties are included, and null is only used where
    nothing else is valid. A schema that contains itself ends at the first repetition.

    Args:
        specification: The document, in which references are resolved.
    """

    def __init__(self, specification: Specification) -> None:
        self._specification = specification
        self._validators: dict[int, tuple[Schema, Draft202012Validator]] = {}
        self._samples: dict[str, Any] = {}
        """The samples of named schemas, so that each is made once for a response."""

    def sample(self, schema: Schema) -> Any:
        """Return a valid value for a schema of the document. Its parts may be shared; do not change them.

        Raises:
            NoSampleError: None was found.
        """
        self._samples.clear()
        return self._sample(schema, ())

    def is_valid(self, schema: Schema, value: object) -> bool:
        """Return whether a response with this schema may have this value."""
        # The entry also holds the schema, so that its id cannot be reused by another one.
        entry = self._validators.get(id(schema))
        if entry is None:
            inlined = self._specification.inline(schema, forbid_extra=True)
            entry = self._validators[id(schema)] = schema, Draft202012Validator(inlined, validate_formats=True)
        return entry[1].is_valid(value)

    def _sample(self, schema: Schema, followed: References) -> Any:
        reference = schema.get("$ref")
        if reference in self._samples:
            return self._samples[reference]
        for value in self._iter_valid(schema, followed):
            if reference is not None:
                self._samples[reference] = value
            return value
        raise NoSampleError("no valid value was found for its schema")

    def _iter_valid(self, schema: Schema, followed: References) -> Iterator[Any]:
        reference = schema.get("$ref")
        if reference is None:
            yield from (value for value in self._iter_candidates(schema, followed) if self.is_valid(schema, value))
        elif reference not in followed:
            yield from self._iter_valid(self._specification.resolve(schema), (*followed, reference))

    # --- candidates, the best first -----------------------------------------------------------------------------------

    def _iter_candidates(self, schema: Schema, followed: References) -> Iterator[Any]:
        known = [schema[keyword] for keyword in ("const", "example") if keyword in schema]
        for keyword in ("examples", "enum"):
            listed = schema.get(keyword)
            known += cast("list[Any]", listed) if isinstance(listed, list) else []
        yield from (value for value in known if value is not None)
        if any(keyword in schema for keyword in _COMBINATIONS):
            yield from self._iter_combinations(schema, followed)
        else:
            for kind in _list_types(schema):
                yield from self._iter_type(kind, schema, followed)
        yield from (schema.get("default"), None)

    def _iter_combinations(self, schema: Schema, followed: References) -> Iterator[Any]:
        """Yield candidates for ``anyOf``, ``oneOf`` and ``allOf``, merged with the keywords beside them."""
        base = {key: value for key, value in schema.items() if key not in (*_COMBINATIONS, *_MARKS)}
        variants = {entry["schema"]: entry for entry in schema.get("x-eigenpal-variants", ())}
        branches = [_as_mapping(branch) for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ()))]
        for branch in sorted(branches, key=lambda branch: branch.get("type") == "null") or [{}]:
            entry = variants.get(str(branch.get("$ref", "")).rpartition("/")[2])
            parts = [base, *schema.get("allOf", ()), branch, {} if entry is None else _describe_variant(entry)]
            parts = [part for part in parts if part]
            if len(parts) == 1:
                with suppress(NoSampleError):
                    yield self._sample(parts[0], followed)
                    yield from self._iter_valid(parts[0], followed)
                continue
            references = [part["$ref"] for part in parts if "$ref" in part]
            if not any(reference in followed for reference in references):
                combined: Schema = {}
                for part in parts:
                    combined = _merge(combined, self._specification.resolve(part))
                yield from self._iter_candidates(combined, (*followed, *references))

    def _iter_type(self, kind: str, schema: Schema, followed: References) -> Iterator[Any]:
        match kind:
            case "object":
                yield from self._iter_objects(schema, followed)
            case "array":
                yield from self._iter_arrays(schema, followed)
            case "string":
                yield from _iter_strings(schema)
            case "integer" | "number":
                yield from _iter_numbers(schema, is_integer=kind == "integer")
            case "boolean":
                yield from (True, False)
            case _:
                yield None

    def _iter_objects(self, schema: Schema, followed: References) -> Iterator[dict[str, Any]]:
        properties: Schema = schema.get("properties", {})
        required = [str(name) for name in schema.get("required", ())]
        found: dict[str, Any] = {}
        count = 0
        for name in dict.fromkeys((*(name for name in properties if name in required), *required, *properties)):
            try:
                value = self._sample(self._find_property(schema, name), followed)
            except NoSampleError:
                if name in required:
                    return
                continue
            count += _count_values(value)
            if name in required or count <= _MAX_VALUES:
                found[name] = value
        # In the order of the document.
        found = {name: found[name] for name in dict.fromkeys((*properties, *found)) if name in found}
        with suppress(NoSampleError):
            self._add_entries(found, schema, followed)
        yield found
        optional = [name for name in found if name not in required][:_MAX_VARIATIONS]
        for name in optional:
            yield {other: value for other, value in found.items() if other != name}
        least = {name: found[name] for name in required}
        yield least
        for name in optional:
            yield {**least, name: found[name]}

    @staticmethod
    def _find_property(schema: Schema, name: str) -> Schema:
        """Return the schema of a property, which may be one that is not declared by name."""
        declared = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
        return _as_mapping(declared)

    def _add_entries(self, found: dict[str, Any], schema: Schema, followed: References) -> None:
        """Add entries with names of our own: one if their values are described, and as many as there have to be."""
        entries = _as_mapping(schema.get("additionalProperties", {}))
        names = _as_mapping(schema.get("propertyNames", {}))
        patterns: Schema = schema.get("patternProperties", {})
        least = int(schema.get("minProperties", 0))
        if patterns:
            pattern, entries = next(iter(patterns.items()))
            names = {"type": "string", "pattern": pattern}
        if len(found) >= least and (not entries or "not" in entries):
            return
        value = self._sample(entries, followed)
        if _count_values(found) + _count_values(value) > _MAX_VALUES:
            return
        keys = ("key", *(f"key{number}" for number in range(2, _MAX_NUMBERED)))
        usable = (key for key in (keys if not names else self._iter_valid(names, followed)) if key not in found)
        for key in islice(usable, max(1, least - len(found))):
            found[str(key)] = value

    def _iter_arrays(self, schema: Schema, followed: References) -> Iterator[list[Any]]:
        least = max(int(schema.get("minItems", 0)), 1)
        most = min(int(schema.get("maxItems", least)), _MAX_LENGTH)
        first = [_as_mapping(part) for part in schema.get("prefixItems", ())]
        if "contains" in schema:
            first.append(_as_mapping(schema["contains"]))
        items = _as_mapping(schema.get("items", {}))
        missing = min(least, most) - len(first)
        with suppress(NoSampleError):
            found = [self._sample(part, followed) for part in first]
            if missing > 1 and schema.get("uniqueItems"):
                yield found + self._sample_different(items, missing, followed)
            elif missing > 0:
                yield found + [self._sample(items, followed)] * missing
            yield found
        yield []

    def _sample_different(self, schema: Schema, count: int, followed: References) -> list[Any]:
        found: list[Any] = []
        for value in self._iter_valid(schema, followed):
            if value not in found:
                found.append(value)
            if len(found) == count:
                break
        return found


def _iter_strings(schema: Schema) -> Iterator[str]:
    least, most = min(int(schema.get("minLength", 0)), _MAX_LENGTH), schema.get("maxLength")
    if schema.get("format") in _FORMATS:
        yield _FORMATS[schema["format"]]
    if "pattern" in schema:
        for text in iter_matches(schema["pattern"]):
            yield text
            yield text + (text[-1:] or "a") * (least - len(text))
    for number in range(1, _MAX_NUMBERED):
        text = "string" if number == 1 else f"string{number}"
        text += "a" * (least - len(text))
        # The end differs.
        yield text if most is None else text[max(0, len(text) - int(most)) :]


def _iter_numbers(schema: Schema, *, is_integer: bool) -> Iterator[int | float]:
    bounds = [schema[key] for key in ("minimum", "maximum") if key in schema]
    low = max((schema[key] for key in ("minimum", "exclusiveMinimum") if key in schema), default=None)
    high = min((schema[key] for key in ("maximum", "exclusiveMaximum") if key in schema), default=None)
    step = schema.get("multipleOf")
    candidates: list[int | float] = [1] if is_integer else [1.5, 1]
    candidates += [0, *bounds]
    if low is not None:
        candidates += [math.floor(low) + 1, low + 0.5]
    if high is not None:
        candidates += [math.ceil(high) - 1, high - 0.5]
    if low is not None and high is not None:
        candidates.append((low + high) / 2)
    start = math.floor(low) + 1 if low is not None else 2
    if step:
        first = math.ceil(low / step) if low is not None else 1 if high is None else math.floor(high / step) - 1
        candidates += [step * (first + number) for number in range(3)]
        start, candidates = 1, candidates + [step * (first + number) for number in range(3, _MAX_NUMBERED)]
    candidates += range(start, start + _MAX_NUMBERED)
    for value in candidates:
        if not is_integer:
            yield value
        elif value == int(value):
            yield int(value)


def _list_types(schema: Schema) -> Sequence[str]:
    """Return the types that a schema allows, or seems to be about; null is last."""
    declared = schema.get("type")
    if declared is not None:
        kinds = [declared] if isinstance(declared, str) else list(cast("Sequence[str]", declared))
        return sorted(kinds, key=lambda kind: kind == "null")
    implied = [kind for kind, keywords in _KEYWORDS_OF_TYPES.items() if any(keyword in schema for keyword in keywords)]
    return implied or ("object", "string", "number", "boolean", "array")


def _merge(first: Schema, second: Schema) -> Schema:
    """Return a schema that is about as narrow as both together."""
    merged = {**first, **second}
    if "properties" in first and "properties" in second:
        merged["properties"] = {**first["properties"], **second["properties"]}
        for name in first["properties"].keys() & second["properties"].keys():
            merged["properties"][name] = {"allOf": [first["properties"][name], second["properties"][name]]}
    if "required" in first and "required" in second:
        merged["required"] = [*dict.fromkeys((*first["required"], *second["required"]))]
    for keyword in ("allOf", "anyOf", "oneOf"):
        if keyword in first and keyword in second:
            merged["allOf"] = [*merged.get("allOf", ()), {keyword: first[keyword]}]
    return merged


def _describe_variant(entry: Schema) -> Schema:
    """Return a schema for the values that are taken for a variant, see ``x-eigenpal-variants``."""
    equals: Schema = entry.get("equals", {})
    return {
        "properties": {
            **{name: {"enum": value if isinstance(value, list) else [value]} for name, value in equals.items()},
            **{name: {"not": {}} for name in entry.get("lacks", ())},
        },
        "required": [*equals, *entry.get("holds", ())],
    }


def _as_mapping(schema: object) -> Schema:
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    return cast("Schema", schema)


def _count_values(value: object) -> int:
    if isinstance(value, dict):
        return 1 + sum(_count_values(item) for item in cast("dict[str, object]", value).values())
    if isinstance(value, list):
        return 1 + sum(_count_values(item) for item in cast("list[object]", value))
    return 1
