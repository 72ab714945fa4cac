"""The functions that build requests: where each argument goes, and the code that encodes it."""

from __future__ import annotations

from dataclasses import dataclass

from generator import naming, text
from generator.arguments import Argument, Part, example_of
from generator.bodies import Bodies
from generator.encoding import Value
from generator.facts import JSON, Operation, Parameter
from generator.models import Models
from generator.parsing import Parsed
from generator.samples import TIMESTAMP
from generator.spelling import after_first_sentence, described
from generator.types import Type
from generator.visitor import Types


@dataclass(frozen=True)
class RequestFunction:
    """A function that builds the request of an operation; there is one for each media type of the body."""

    name: str
    arguments: list[Argument]
    statements: list[str]
    """The code in front of the Request."""
    fields: list[str]
    """The keyword arguments of the Request."""

    @property
    def about(self) -> str:
        """Its docstring."""
        kind = self.name.removeprefix("request").lstrip("_")
        return "Build the request" + (" with a multipart body." if kind == "multipart" else ".")


class Requests:
    """Computes the request functions of operations."""

    def __init__(self, parsed: Parsed, types: Types, models: Models) -> None:
        self._parsed = parsed
        self._types = types
        self._bodies = Bodies(models)

    def functions(self, index: int, operation: Operation, answer: str) -> dict[str, RequestFunction]:
        """Compute the request functions of an operation, by the media type of the body."""
        parameters = self._parameters(index, operation, answer)
        result: dict[str, RequestFunction] = {}
        names = naming.media_words([body.media for body in operation.bodies])
        for position, found in self._parsed.bodies(index):
            body = operation.bodies[position]
            own = self._bodies.part(body, self._types.of(found), required=found.required)
            arguments = [*parameters.arguments, *own.arguments]
            # The body comes before optional parameters, because readers look for it first.
            arguments.sort(key=lambda argument: 0 if argument.positional else 1 if argument in own.arguments else 2)
            result[body.media] = RequestFunction(
                f"request_{names[position]}" if result else "request",
                arguments,
                parameters.statements + own.statements,
                parameters.fields + own.fields,
            )
        if not result:
            result[""] = RequestFunction("request", parameters.arguments, parameters.statements, parameters.fields)
        return result

    def _parameters(self, index: int, operation: Operation, answer: str) -> Part:
        arguments: list[Argument] = []
        in_path: dict[str, str] = {}
        lines: dict[str, list[str]] = {"query": [], "header": [], "cookie": []}
        wait = ""
        for position, found in self._parsed.parameters(index):
            parameter = operation.parameters[position]
            value = _value(parameter, self._types.of(found))
            about = described(parameter.about, value.type, deprecated=parameter.deprecated)
            if value.is_moment:
                about = after_first_sentence(
                    about, "An ISO 8601 string, an aware datetime, or a date, which means its start in UTC."
                )
            moment = [TIMESTAMP] if value.is_moment else []
            arguments.append(
                Argument(
                    name=parameter.name,
                    annotation=value.annotation if found.required else f"{value.annotation} | None",
                    default="" if found.required else "None",
                    documentation=about,
                    example=example_of(parameter.examples or moment, parameter.name, parameter.schema),
                    positional=found.required,
                    wire_name=parameter.wire_name,
                    location=parameter.location,
                    shown=parameter.is_shown,
                )
            )
            if parameter.location == "path":
                in_path[parameter.wire_name] = value.code
                continue
            optional = [f"if {parameter.name} is not None:", f"    {value.adding}"]
            if parameter.deprecated:
                named = f"{text.literal(operation.identifier)}, {text.literal(parameter.name)}"
                optional.insert(1, f"    runtime.warn_deprecated({named})")
            lines[parameter.location] += [value.adding] if found.required else optional
            if parameter.marked("server-wait"):
                wait = f"float({parameter.name} or 0)"
        fields = [
            f"operation={text.literal(operation.identifier)}",
            f"method={text.literal(operation.method.upper())}",
            f"path={_path(operation.path, in_path)}",
        ]
        statements: list[str] = []
        if lines["cookie"]:
            statements += ["_cookies: list[tuple[str, str]] = []", *lines["cookie"]]
            lines["header"] += ["if _cookies:", '    _headers.append(("Cookie", encoding.encode_cookies(_cookies)))']
        for location, target in (("query", "query"), ("header", "headers")):
            if lines[location]:
                statements += [f"_{target}: list[tuple[str, str]] = []", *lines[location]]
                fields.append(f"{target}=tuple(_{target})")
        if answer != "json":
            fields.append(f"response_kind={text.literal(answer)}")
        if operation.accepted != JSON:
            fields.append(f"accept={text.literal(operation.accepted)}")
        if operation.credential != ("bearer", ""):
            fields.append(f"credential={_credential(operation.credential)}")
        if not operation.is_idempotent:
            fields.append("idempotent=False")
        if operation.marked("starts-run"):
            fields.append("starts_run=True")
        if operation.is_confidential:
            fields.append("confidential=True")
        if wait:
            fields.append(f"server_wait_seconds={wait}")
        # Required ones come first, those of the path in its order.
        order = naming.PATH_PARAMETER.findall(operation.path)
        arguments.sort(key=lambda one: order.index(one.wire_name) if one.wire_name in in_path else len(order))
        arguments.sort(key=lambda one: not one.positional)
        return Part(arguments, statements, fields)


def _value(parameter: Parameter, found: Type) -> Value:
    return Value(
        name=parameter.name,
        wire_name=parameter.wire_name,
        type=found,
        location=parameter.location,
        style=parameter.style,
        explode=parameter.explode,
        is_json=parameter.is_json,
        bounds=tuple(parameter.schema.bounds.items()),
        is_timestamp=parameter.marked("timestamp"),
        keeps_slashes=parameter.mark("slashes") == "kept",
    )


def _credential(found: tuple[str, str] | None) -> str:
    if found is None:
        return "None"
    kind, name = found
    return f"runtime.Credential({text.literal(kind)}{f', {text.literal(name)}' if name else ''})"


def _path(path: str, encoded: dict[str, str]) -> str:
    if not encoded:
        return text.literal(path)
    # Single quotes inside: before Python 3.12, an f-string cannot contain its own quotes.
    parts = naming.PATH_PARAMETER.split(path)
    written = "".join(
        part if index % 2 == 0 else "{" + encoded[part].replace('"', "'") + "}" for index, part in enumerate(parts)
    )
    return f'f"{written}"'
