"""The bodies of requests: their arguments, and the code that puts them together."""

from __future__ import annotations

from generator import naming, text
from generator.arguments import NULLABLE, OPTIONAL, REQUIRED, WHOLE_BODY, Argument, Part, as_code
from generator.facts import JSON, Body
from generator.models import Models
from generator.spelling import described
from generator.types import IN_PAGES, Type
from generator.visitor import Types

_FORMS_OF_A_FILE = 'Pass a path, a binary file handle, or a mapping such as `{"content": b"...", "filename": "a.pdf"}`.'
_FORMS_OF_FILES = f"{_FORMS_OF_A_FILE} Pass a list for several files."
_FILES = Argument(
    name="files",
    annotation="Mapping[str, runtime.FileInput | Sequence[runtime.FileInput]] | None",
    default="None",
    documentation="Files to upload, by input name: one file, or a list of files.",
    example="",
)


class Bodies:
    """Computes what a body adds to the function that builds a request."""

    def __init__(self, types: Types, models: Models) -> None:
        self._types = types
        self._models = models

    def part(self, body: Body, found: Type, *, required: bool) -> Part:
        """Compute the arguments of a body and the code that puts it together."""
        if body.media == JSON:
            self._models.use(sent=[found])
            return self._json(body, found)
        self._models.use(parts=[found])
        return self._multipart(body)

    def _json(self, body: Body, found: Type) -> Part:
        examples = body.schema.first_example
        whole = _whole_body(found, body)
        arguments: list[Argument] = []
        groups: dict[str, list[str]] = {REQUIRED: [], OPTIONAL: [], NULLABLE: []}
        for wire_name, schema, parsed, one in self._models.fields(body.schema.target_name):
            name = schema.python_name(wire_name, naming.RESERVED_IN_PAGES)
            nullable = one.nullable or one.is_anything
            group = REQUIRED if parsed.required else NULLABLE if nullable else OPTIONAL
            groups[group].append(f"{text.literal(wire_name)}: {name}")
            annotation = one.argument_annotation(IN_PAGES)
            about = described(schema.about, one, deprecated=schema.is_deprecated)
            if group == REQUIRED:
                about = f"{about} Required unless you pass `{whole.name}`."
            if not one.is_anything:
                annotation += " | Unset" if group != OPTIONAL else ""
                annotation += " | None" if one.nullable or group == OPTIONAL else ""
            arguments.append(
                Argument(
                    name=name,
                    annotation=annotation,
                    default="None" if group == OPTIONAL else "UNSET",
                    documentation=about.strip(),
                    example=as_code(examples.get(wire_name, name)),
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
        return Part([*arguments, whole], [], [f"json=runtime.make_json_body({whole.name}{given})"])

    def _multipart(self, body: Body) -> Part:
        examples = body.schema.first_example
        arguments: list[Argument] = []
        lines: dict[str, list[str]] = {"text_parts": [], "file_parts": []}
        for wire_name, schema, parsed, one in self._models.fields(body.schema.target_name):
            name = schema.python_name(wire_name, naming.RESERVED_IN_PAGES)
            is_file = one.is_file or one.is_files
            added = _part(wire_name, name, one)
            lines["file_parts" if is_file else "text_parts"] += (
                [added] if parsed.required else [f"if {name} is not None:", f"    {added}"]
            )
            annotation = one.argument_annotation(IN_PAGES)
            about = described(schema.about, one, deprecated=schema.is_deprecated)
            if is_file:
                about = f"{about} {_FORMS_OF_A_FILE if one.is_file else _FORMS_OF_FILES}"
            example = 'Path("invoice.pdf")' if one.is_file else '[Path("invoice.pdf")]'
            arguments.append(
                Argument(
                    name=name,
                    annotation=annotation if parsed.required else f"{annotation} | None",
                    default="" if parsed.required else "None",
                    documentation=about.strip(),
                    example=example if is_file else as_code(examples.get(wire_name, name)),
                    positional=parsed.required and is_file,
                    wire_name=wire_name,
                )
            )
        if body.part_prefix is not None:
            prefix = text.literal(body.part_prefix)
            lines["file_parts"].append(f"file_parts.extend(runtime.make_file_parts({prefix}, files))")
            arguments.append(_FILES)
        statements: list[str] = []
        fields = ["multipart=True"]
        for field, target, kind in (("form", "text_parts", "str"), ("files", "file_parts", "runtime.FileInput")):
            if lines[target]:
                statements += [f"{target}: list[tuple[str, {kind}]] = []", *lines[target]]
                fields.append(f"{field}=tuple({target})")
        return Part(arguments, statements, fields)


def _whole_body(found: Type, body: Body) -> Argument:
    names = [
        schema.python_name(wire_name, naming.RESERVED_IN_PAGES) for wire_name, schema in body.schema.properties.items()
    ]
    return Argument(
        name="request_body" if "body" in names else "body",
        annotation=" | ".join([*(IN_PAGES.write(one) for one in found.arguments), "None"]),
        default="None",
        documentation="The whole request body, as a model or a mapping with the API's property names, instead of "
        "single properties.",
        example="",
        body_group=WHOLE_BODY,
    )


def _part(wire_name: str, name: str, found: Type) -> str:
    """Return the code that adds a property to the parts of a multipart body."""
    if found.is_files:
        return f'file_parts.extend(runtime.make_file_parts("", {{{text.literal(wire_name)}: {name}}}))'
    if found.is_file:
        return f"file_parts.append(({text.literal(wire_name)}, {name}))"
    encoder = "encode_query_str({0}, {1})" if found.shape == "string" else "dump_json({1}, {0})"
    encoded = f"runtime.{encoder.format(text.literal(name), name)}"
    return f"text_parts.append(({text.literal(wire_name)}, {encoded}))"
