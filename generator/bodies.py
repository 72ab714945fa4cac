"""The bodies of requests: their arguments, and the code that puts them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator import text
from generator.arguments import NULLABLE, OPTIONAL, REQUIRED, WHOLE_BODY, Argument, Part, example_of
from generator.encoding import Value
from generator.facts import JSON, Body, Schema
from generator.models import Models
from generator.nodes import Node
from generator.parsing import Property
from generator.spelling import described
from generator.types import IN_PAGES, Type

_FORMS_OF_A_FILE = (
    "a path, a binary file handle, an upload of a web framework, or a mapping such as "
    '`{"content": b"...", "filename": "a.pdf"}`.'
)
_FILES = Argument(
    name="files",
    annotation="Mapping[str, runtime.FileInput | Sequence[runtime.FileInput]] | None",
    default="None",
    documentation="",
    example="",
)
_ROWS = {
    "_text_parts": "runtime.FormField",
    "_form": "runtime.FormField",
    "_file_parts": "runtime.FileField",
}
_JSON_TYPES = {
    **{shape: shape for shape in ("string", "boolean", "integer", "number", "object")},
    "moment": "string",
    "list": "array",
    "map": "object",
    "model": "object",
}


class Bodies:
    """Computes what a body adds to the function that builds a request."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def part(self, body: Body, found: Type, *, required: bool) -> Part:
        """Compute the arguments of a body and the code that puts it together."""
        if body.kind == "json":
            self._models.use(sent=[found])
            is_model = self._models.is_model(body.schema.target_name) and not found.nullable
            part = self._properties(body, found, required) if is_model else self._value(body, found, required)
        elif body.kind in ("multipart", "form"):
            self._models.use(parts=[found])
            part = self._multipart(body) if body.kind == "multipart" else self._form(body)
        else:
            part = self._content(body, required)
        if body.kind in ("text", "binary") or (body.kind == "json" and body.media != JSON):
            part.fields.append(f"media_type={text.literal(body.media)}")
        return part

    def _fields(self, body: Body) -> Iterator[tuple[str, str, Schema, Property, Type]]:
        """Yield the properties of a body: name, wire name, schema, and what was parsed."""
        for wire_name, schema, parsed, found in self._models.fields(body.schema.target_name):
            yield schema.python_name(wire_name, body.reserved), wire_name, schema, parsed, found

    # --- JSON ---------------------------------------------------------------------------------------------------------

    def _properties(self, body: Body, whole_type: Type, body_required: bool) -> Part:
        examples = body.first_example
        fields = list(self._fields(body))
        whole = _whole_body(whole_type, {name for name, *_ in fields})
        arguments: list[Argument] = []
        groups: dict[str, list[str]] = {REQUIRED: [], OPTIONAL: [], NULLABLE: []}
        for name, wire_name, schema, parsed, found in fields:
            nullable = found.nullable or found.is_anything
            group = REQUIRED if parsed.required else NULLABLE if nullable else OPTIONAL
            groups[group].append(f"{text.literal(wire_name)}: {name}")
            annotation = found.argument_annotation(IN_PAGES)
            about = described(schema.about, found, deprecated=schema.is_deprecated)
            if group == REQUIRED:
                about = f"{text.ended(about)} Required unless you pass `{whole.name}`."
            if not found.is_anything:
                annotation += " | Unset" if group != OPTIONAL else ""
                annotation += " | None" if found.nullable or group == OPTIONAL else ""
            arguments.append(
                Argument(
                    name=name,
                    annotation=annotation,
                    default="None" if group == OPTIONAL else "UNSET",
                    documentation=about.strip(),
                    example=example_of(_given(examples, wire_name), name, schema),
                    body_group=group,
                    wire_name=wire_name,
                    shown=wire_name in examples,
                )
            )
        arguments.sort(key=lambda argument: argument.body_group != REQUIRED)
        # The arguments whose names differ from those of the wire, for error messages.
        groups["names"] = [
            f"{text.literal(argument.wire_name)}: {text.literal(argument.name)}"
            for argument in arguments
            if argument.name != argument.wire_name
        ]
        given = "".join(f", {group}={{{', '.join(entries)}}}" for group, entries in groups.items() if entries)
        given += f", whole={text.literal(whole.name)}" if whole.name != "body" else ""
        given += "" if body_required else ", omissible=True"
        return Part([*arguments, whole], [], [f"json=encoding.make_json_body({whole.name}{given})"])

    def _value(self, body: Body, found: Type, required: bool) -> Part:
        """Compute a JSON body that is not made of properties: one argument."""
        keeps_null = found.nullable or found.is_anything
        missing = "UNSET" if keeps_null else "None"
        annotation = found.argument_annotation(IN_PAGES)
        if not found.is_anything:
            annotation += " | None" if found.nullable or not (required or keeps_null) else ""
            annotation += " | Unset" if keeps_null and not required else ""
        argument = _single(body, annotation, "" if required else missing)
        kinds = [_JSON_TYPES[one.shape] for one in found.branches or [found] if one.shape in _JSON_TYPES]
        expected = [*dict.fromkeys(kinds), *(["null"] if found.nullable and kinds else [])]
        given = "".join(f", {text.literal(kind)}" for kind in expected)
        code = f'encoding.make_json_value("body", body{given})'
        return Part([argument], [], [f"json={code}" if required else f"json=UNSET if body is {missing} else {code}"])

    # --- others -------------------------------------------------------------------------------------------------------

    def _content(self, body: Body, required: bool) -> Part:
        is_text = body.kind == "text"
        annotation = "str" if is_text else "bytes | runtime.FileInput"
        annotation = annotation if required else f"{annotation} | None"
        argument = _single(body, annotation, "" if required else "None")
        code = f'encoding.{"encode_query_str" if is_text else "check_binary"}("body", body)'
        return Part([argument], [], [f"content={code}" if required else f"content=None if body is None else {code}"])

    def _form(self, body: Body) -> Part:
        lines: list[str] = []
        arguments: list[Argument] = []
        for name, wire_name, schema, parsed, found in self._fields(body):
            encoding = body.encoding(wire_name)
            style = str(encoding.get("style", "form"))
            is_object = found.shape in ("map", "object", "model")
            value = Value(
                name=name,
                wire_name=wire_name,
                type=found,
                location="form",
                style=style,
                explode=encoding.get("explode", style == "form") is True,
                is_json="style" not in encoding and (is_object or encoding.get("contentType") == JSON),
                bounds=tuple(schema.bounds.items()),
            )
            lines += [value.adding] if parsed.required else [f"if {name} is not None:", f"    {value.adding}"]
            arguments.append(_field_argument(body, name, wire_name, schema, parsed, found, value.annotation))
        return Part(
            arguments,
            [f"_form: list[{_ROWS['_form']}] = []", *lines],
            ["form=tuple(_form)", "urlencoded=True"],
        )

    def _multipart(self, body: Body) -> Part:
        arguments: list[Argument] = []
        lines: dict[str, list[str]] = {"_text_parts": [], "_file_parts": []}
        for name, wire_name, schema, parsed, found in self._fields(body):
            added = _part(body, name, wire_name, found)
            target = added.partition(".")[0]
            lines[target] += [added] if parsed.required else [f"if {name} is not None:", f"    {added}"]
            annotation = found.argument_annotation(IN_PAGES)
            arguments.append(_field_argument(body, name, wire_name, schema, parsed, found, annotation))
        if body.part_prefix is not None:
            prefix = text.literal(body.part_prefix)
            lines["_file_parts"].append(f"_file_parts.extend(runtime.make_file_parts({prefix}, files))")
            about = "Files to upload, by input name: one file, or a list of files."
            if not body.part_prefix:
                about = f"{text.ended(body.further_parts)} Files to upload, by part name: one, or a list of them."
            arguments.append(replace(_FILES, documentation=about.strip()))
        statements: list[str] = []
        fields = ["multipart=True"]
        for field, target in (("form", "_text_parts"), ("files", "_file_parts")):
            if lines[target]:
                statements += [f"{target}: list[{_ROWS[target]}] = []", *lines[target]]
                fields.append(f"{field}=tuple({target})")
        return Part(arguments, statements, fields)


def _whole_body(found: Type, names: set[str]) -> Argument:
    return Argument(
        name="request_body" if "body" in names else "body",
        annotation=" | ".join([*(IN_PAGES.write(one) for one in found.arguments), "None"]),
        default="None",
        documentation="The whole request body, as a model or a mapping with the API's property names, instead of "
        "single properties.",
        example="",
        body_group=WHOLE_BODY,
    )


def _single(body: Body, annotation: str, default: str) -> Argument:
    about = body.description or body.schema.about or "The request body."
    if body.kind == "binary":
        about = f"{text.ended(about)} Pass bytes, or a file: {_FORMS_OF_A_FILE}"
    example = 'Path("document.pdf")' if body.kind == "binary" else example_of(body.examples, "body", body.schema)
    return Argument("body", annotation, default, about, example, positional=not default)


def _field_argument(
    body: Body, name: str, wire_name: str, schema: Schema, parsed: Property, found: Type, annotation: str
) -> Argument:
    """Return the argument for a property of a form."""
    is_file = found.is_file or found.is_files
    about = described(schema.about, found, deprecated=schema.is_deprecated)
    if is_file:
        about = f"{text.ended(about)} Pass {'' if found.is_file else 'a list of files, each '}{_FORMS_OF_A_FILE}"
        example = 'Path("invoice.pdf")' if found.is_file else '[Path("invoice.pdf")]'
    else:
        example = example_of(_given(body.first_example, wire_name), name, schema)
    return Argument(
        name=name,
        annotation=annotation if parsed.required else f"{annotation} | None",
        default="" if parsed.required else "None",
        documentation=about.strip(),
        example=example,
        positional=parsed.required and is_file,
        wire_name=wire_name,
    )


def _given(example: Node, wire_name: str) -> list[Any]:
    return [example[wire_name]] if wire_name in example else []


def _part(body: Body, name: str, wire_name: str, found: Type) -> str:
    """Return the code that adds a property to the parts of a multipart body: a part for each value of a list."""
    wire = text.literal(wire_name)
    media = str(body.encoding(wire_name).get("contentType", ""))
    own = f", {text.literal(media)}" if re.fullmatch(r"[^,*]+", media) else ""
    if found.is_files:
        parts = f'runtime.make_file_parts("", {{{wire}: {name}}})'
        return f"_file_parts.extend({f'(*part{own}) for part in {parts}' if own else parts})"
    if found.is_file:
        return f"_file_parts.append(({wire}, {name}{own}))"
    row = found.item if found.shape == "list" and found.item else found
    said = text.literal(name)
    value = Value(name, wire_name, found, "form", "form", explode=True)
    if row.shape in ("string", "integer", "number", "boolean", "moment") or value.is_scalar:
        return value.adding.replace("_form.", "_text_parts.", 1)
    kind = str(body.encoding(wire_name).get("contentType", JSON))
    end = "" if kind == "text/plain" else f", {text.literal(kind)}"
    if row is not found:
        items = f"encoding.encode_items({said}, {name}, encoding.encode_json)"
        return f"_text_parts.extend(({wire}, value{end}) for value in {items})"
    return f"_text_parts.append(({wire}, encoding.encode_json({said}, {name}){end}))"
