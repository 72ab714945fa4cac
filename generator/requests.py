"""The functions that build requests: where each argument goes, and the code that encodes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from generator import naming, text, types
from generator.arguments import (
    NULLABLE,
    OPTIONAL,
    REQUIRED,
    WHOLE_BODY,
    Argument,
    as_code,
    example_of,
    first_example,
)
from generator.document import Node
from generator.problems import below
from generator.schemas import Schemas
from generator.spec import (
    JSON_MEDIA,
    MULTIPART_MEDIA,
    Placed,
    body_of,
    component_of,
    mapping,
    parameter_name,
    parameters_of,
    property_name,
    resolve,
    sequence,
    whole_body_name,
)
from generator.spelling import after_first_sentence, description_of
from generator.types import IN_PAGES, Type


@dataclass(frozen=True)
class RequestFunction:
    """A function that builds the request of an operation; there are two if its body can be JSON or multipart."""

    name: str
    arguments: list[Argument]
    statements: list[str]
    """The code in front of the Request."""
    fields: list[str]
    """The keyword arguments of the Request."""

    @property
    def about(self) -> str:
        """Its docstring."""
        return "Build the request" + (" with a multipart body." if self.name == "request_multipart" else ".")


@dataclass(frozen=True)
class _Part:
    """What the parameters or the body add to a function."""

    arguments: list[Argument]
    statements: list[str]
    fields: list[str]


class Requests:
    """Computes the request functions of a spec's operations."""

    def __init__(self, document: Node, schemas: Schemas) -> None:
        self.document = document
        self.schemas = schemas

    def functions(self, found: Placed, answer: str) -> dict[str, RequestFunction]:
        """Compute the request functions of an operation, by the media type of the body."""
        parameters = self._parameters(found, answer)
        if "requestBody" not in found.node:
            return {"": RequestFunction("request", parameters.arguments, parameters.statements, parameters.fields)}
        body, at = body_of(self.document, found.node, found.place)
        result: dict[str, RequestFunction] = {}
        for media, value in mapping(body, "content").items():
            schema = mapping(cast("Node", value), "schema")
            own = self._json_body(schema) if media == JSON_MEDIA else self._multipart(schema, at)
            name = "request" if not result else "request_multipart" if media == MULTIPART_MEDIA else "request_json"
            arguments = [*parameters.arguments, *own.arguments]
            # The body comes before optional parameters, because readers look for it first.
            arguments.sort(key=lambda argument: 0 if argument.positional else 1 if argument in own.arguments else 2)
            result[media] = RequestFunction(
                name, arguments, parameters.statements + own.statements, parameters.fields + own.fields
            )
        return result

    # --- parameters ---------------------------------------------------------------------------------------------------

    def _parameters(self, found: Placed, answer: str) -> _Part:
        node = found.node
        order = self.schemas.parsed.path_parameters(node["operationId"])
        parameters = parameters_of(self.document, found.path, node, found.place)
        parameters.sort(key=lambda found: order.index(found[0]["name"]) if found[0]["in"] == "path" else len(order))
        arguments: list[Argument] = []
        in_path: dict[str, str] = {}
        lines: dict[str, list[str]] = {"query": [], "headers": []}
        wait = ""
        for parameter, at in parameters:
            argument, encoded = self._parameter(parameter, at)
            arguments.append(argument)
            if parameter["in"] == "path":
                in_path[parameter["name"]] = encoded
                continue
            target = "query" if parameter["in"] == "query" else "headers"
            append = f"{target}.append(({text.literal(parameter['name'])}, {encoded}))"
            lines[target] += [append] if not argument.default else [f"if {argument.name} is not None:", f"    {append}"]
            if parameter.get("x-eigenpal-server-wait") is True:
                wait = f"float({argument.name} or 0)"
        fields = [
            f"operation={text.literal(node['operationId'])}",
            f"method={text.literal(found.method.upper())}",
            f"path={_path(found.path, in_path)}",
        ]
        statements: list[str] = []
        for target in lines:
            if lines[target]:
                statements += [f"{target}: list[tuple[str, str]] = []", *lines[target]]
                fields.append(f"{target}=tuple({target})")
        if answer != "json":
            fields.append(f"response_kind={text.literal(answer)}")
        if found.method == "post" and node.get("x-eigenpal-idempotent") is not True:
            fields.append("idempotent=False")
        if node.get("x-eigenpal-starts-run") is True:
            fields.append("starts_run=True")
        if wait:
            fields.append(f"server_wait_seconds={wait}")
        arguments.sort(key=lambda argument: not argument.positional)
        return _Part(arguments, statements, fields)

    def _parameter(self, node: Node, place: str) -> tuple[Argument, str]:
        """Return a parameter's argument, and the code that encodes it."""
        name = parameter_name(node)
        schema, _ = resolve(self.document, mapping(node, "schema"), place)
        found = self.schemas.type_of(mapping(node, "schema"), below(place, "schema"))
        annotation, encoder = _encoding(node, found)
        bounds = [bound for bound in ("minimum", "maximum") if found.check in ("int", "float") and bound in schema]
        given = "".join(f", {bound}={schema[bound]!r}" for bound in bounds)
        required = node.get("required") is True
        about = description_of(self.document, node)
        if encoder == "encode_query_datetime":
            about = after_first_sentence(about, "An ISO 8601 string or an aware datetime.")
        argument = Argument(
            name=name,
            annotation=annotation if required else f"{annotation} | None",
            default="" if required else "None",
            documentation=about,
            example=example_of(node, schema, name),
            positional=required,
            wire_name=str(node["name"]),
            shown="example" in node,
        )
        return argument, f"runtime.{encoder}({text.literal(name)}, {name}{given})"

    # --- bodies -------------------------------------------------------------------------------------------------------

    def _json_body(self, schema: Node) -> _Part:
        resolved, place = resolve(self.document, schema, "")
        required = sequence(resolved, "required")
        examples = first_example(resolved)
        whole = self._whole_body(component_of(schema["$ref"]), whole_body_name(mapping(resolved, "properties")))
        arguments: list[Argument] = []
        groups: dict[str, list[str]] = {REQUIRED: [], OPTIONAL: [], NULLABLE: []}
        for wire_name, value in mapping(resolved, "properties").items():
            node = cast("Node", value)
            name = property_name(wire_name, node, naming.RESERVED_IN_PAGES)
            found = self.schemas.type_of(node, below(place, "properties", wire_name), "_")
            nullable = found.nullable or found.is_anything
            group = REQUIRED if wire_name in required else NULLABLE if nullable else OPTIONAL
            groups[group].append(f"{text.literal(wire_name)}: {name}")
            annotation = found.argument_annotation(IN_PAGES)
            about = description_of(self.document, node)
            if group == REQUIRED:
                about = f"{about} Required unless you pass `{whole.name}`."
            if not found.is_anything:
                annotation += " | Unset" if group != OPTIONAL else ""
                annotation += " | None" if found.nullable or group == OPTIONAL else ""
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
        return _Part([*arguments, whole], [], [f"json=runtime.make_json_body({whole.name}{given})"])

    def _whole_body(self, model: str, name: str) -> Argument:
        is_model = self.schemas.kind(model) == "model"
        return Argument(
            name=name,
            annotation=(f"models.{model} | " if is_model else "") + "Mapping[str, Any] | None",
            default="None",
            documentation="The whole request body, as a model or a mapping with the API's property names, instead of "
            "single properties."
            if is_model
            else "The whole request body, as a mapping with the API's property names.",
            example="",
            body_group=WHOLE_BODY,
        )

    def _multipart(self, schema: Node, at: str) -> _Part:
        resolved, place = resolve(self.document, schema, at)
        required = sequence(resolved, "required")
        examples = first_example(resolved)
        arguments: list[Argument] = []
        lines: dict[str, list[str]] = {"text_parts": [], "file_parts": []}
        for wire_name, value in mapping(resolved, "properties").items():
            node = cast("Node", value)
            name = property_name(wire_name, node, naming.RESERVED_IN_PAGES)
            found = self.schemas.type_of(node, below(place, "properties", wire_name), "_")
            needed = wire_name in required
            is_file = found.is_file or found.is_files
            added = _part(wire_name, name, found)
            lines["file_parts" if is_file else "text_parts"] += (
                [added] if needed else [f"if {name} is not None:", f"    {added}"]
            )
            annotation = found.argument_annotation(IN_PAGES)
            about = description_of(self.document, node)
            if is_file:
                about = f"{about} {_FORMS_OF_A_FILE if found.is_file else _FORMS_OF_FILES}"
            arguments.append(
                Argument(
                    name=name,
                    annotation=annotation if needed else f"{annotation} | None",
                    default="" if needed else "None",
                    documentation=about.strip(),
                    example=_FILE_EXAMPLES.get(found.python) or as_code(examples.get(wire_name, name)),
                    positional=needed and is_file,
                    wire_name=wire_name,
                )
            )
        if "x-eigenpal-part-prefix" in resolved:
            prefix = text.literal(str(resolved["x-eigenpal-part-prefix"]))
            lines["file_parts"].append(f"file_parts.extend(runtime.make_file_parts({prefix}, files))")
            arguments.append(_FILES)
        statements: list[str] = []
        fields = ["multipart=True"]
        for field, target, kind in (("form", "text_parts", "str"), ("files", "file_parts", "runtime.FileInput")):
            if lines[target]:
                statements += [f"{target}: list[tuple[str, {kind}]] = []", *lines[target]]
                fields.append(f"{field}=tuple({target})")
        return _Part(arguments, statements, fields)


_FORMS_OF_A_FILE = 'Pass a path, a binary file handle, or a mapping such as `{"content": b"...", "filename": "a.pdf"}`.'
_FORMS_OF_FILES = f"{_FORMS_OF_A_FILE} Pass a list for several files."
_FILE_EXAMPLES = {types.FILE.python: 'Path("invoice.pdf")', types.FILES.python: '[Path("invoice.pdf")]'}

_FILES = Argument(
    name="files",
    annotation="Mapping[str, runtime.FileInput | Sequence[runtime.FileInput]] | None",
    default="None",
    documentation="Files to upload, by input name: one file, or a list of files.",
    example="",
)


# Encoders that serve the path, the query and headers alike.
_ENCODERS = {"int": "encode_query_int", "float": "encode_query_float", "bool": "encode_query_bool"}


def _encoding(parameter: Node, found: Type) -> tuple[str, str]:
    """Return the annotation of a parameter, without None, and the runtime function that encodes its values."""
    annotation = found.argument_annotation(IN_PAGES)
    if found.check in _ENCODERS:
        return annotation, _ENCODERS[found.check]
    if parameter["in"] == "path":
        return annotation, "encode_path" if parameter.get("x-eigenpal-slashes") == "kept" else "encode_path_segment"
    if parameter.get("x-eigenpal-timestamp") is True or "datetime" in found.arguments:
        return "str | datetime", "encode_query_datetime"
    if found.check == "str":
        return annotation, "encode_query_str" if parameter["in"] == "query" else "encode_header"
    # Known values also come first and by themselves, so that editors complete them although any str is accepted.
    row = annotation.removeprefix("Sequence[").removesuffix("]")
    return f"str | {annotation}" if row == "str" else f"{row} | str | {annotation}", "encode_query_list"


def _part(wire_name: str, name: str, found: Type) -> str:
    """Return the code that adds a property to the parts of a multipart body."""
    if found.is_files:
        return f'file_parts.extend(runtime.make_file_parts("", {{{text.literal(wire_name)}: {name}}}))'
    if found.is_file:
        return f"file_parts.append(({text.literal(wire_name)}, {name}))"
    encoder = "encode_query_str({0}, {1})" if found.check == "str" else "dump_json({1}, {0})"
    encoded = f"runtime.{encoder.format(text.literal(name), name)}"
    return f"text_parts.append(({text.literal(wire_name)}, {encoded}))"


def _path(path: str, encoded: dict[str, str]) -> str:
    if not encoded:
        return text.literal(path)
    # Single quotes inside: before Python 3.12, an f-string cannot contain its own quotes.
    parts = naming.PATH_PARAMETER.split(path)
    written = "".join(
        part if index % 2 == 0 else "{" + encoded[part].replace('"', "'") + "}" for index, part in enumerate(parts)
    )
    return f'f"{written}"'
