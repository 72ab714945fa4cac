"""Makes the calls of a data file with both clients, and records what they send and what they return.

At the top of a file, ``unchecked`` are headers that are not recorded, and ``usual`` those that are only recorded where
they differ; ``api_key`` is the key of the clients.

Arguments may have these tags besides those of `notation`: ``!path`` is a path to a file of this name and content, or to
none if it has no content; ``!handle`` is a binary file handle; ``!tuple`` is a tuple.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl

import httpx

from tests.generator.net.notation import Tagged, load
from tests.generator.net.packages import OUR_DOCUMENT, Handler, Package, generate, get_attributes, import_from
from tests.support.event_loop import EventLoop
from tests.support.multipart import Part, parse_multipart

Json = dict[str, Any]

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "tests" / "contract" / "examples"
GIVEN = ("call", "note", "positional", "arguments", "answer", "answers")
"""What a call is made from; the rest of it is recorded."""

# What the HTTP library and the transport add to every request.
_NOT_OURS = ("host", "user-agent", "accept-encoding", "connection", "content-length", "transfer-encoding")
_USUAL_TIMEOUT = 60.0


def record(path: Path) -> Json:
    """Return the content of a data file with everything recorded anew."""
    content = cast("Json", load(path))
    document = ROOT / content["document"]
    with generate(document) as folder, import_from(folder, is_our_api=document == OUR_DOCUMENT) as package:
        calls = [Call(package, content, call).record() for call in content.pop("calls")]
        return {**content, "server": package.server, "calls": calls}


class Call:
    """One call of a data file."""

    def __init__(self, package: Package, content: Json, call: Json) -> None:
        self.package = package
        self.key: str = content.get("api_key", "key")
        self.unchecked: list[str] = content.get("unchecked", [])
        self.usual: Json = content.get("usual", {})
        self.given = {key: value for key, value in call.items() if key in GIVEN}
        self.answers: list[Json] = call.get("answers", [call["answer"]] if "answer" in call else [])
        """Without one, only the request is recorded."""

    def record(self) -> Json:
        found, again = self._record(is_async=False), self._record(is_async=True)
        if repr(again) != repr(found):
            found["with_the_asynchronous_client"] = again
        return {**self.given, **found, **self._fail()}

    def _record(self, *, is_async: bool) -> Json:
        requests: list[httpx.Request] = []

        def handle(request: httpx.Request) -> httpx.Response:
            requests.append(request)
            return _make_response([*self.answers, {"status": 410}][: len(requests)][-1])

        outcome: Json = {}
        with tempfile.TemporaryDirectory() as folder:
            try:
                result = self.make(handle, Path(folder), is_async=is_async)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is recorded
                if self.answers or not requests:
                    message: str = getattr(error, "message", str(error))
                    # In messages of Python, the name of the class is the one difference that there may be.
                    message = re.sub(r"(^|')Async(?=[A-Z]\w*('|\.))", r"\1", message)
                    outcome["raises"] = f"{type(error).__name__}: {message}"
            else:
                if self.answers or not requests:
                    outcome = self._describe_result(result)
            written = {file.name: _mark(file.read_bytes()) for file in sorted(Path(folder).glob("out.*"))}
        if written:
            outcome["written"] = written
        described = [self._describe_request(request) for request in requests]
        if "answers" in self.given or len(described) > 1:
            return {"requests": described, **outcome}
        return {"request": described[0], **outcome} if described else outcome

    def make(self, handler: Handler, folder: Path, *, is_async: bool, max_retries: int = 0) -> Any:
        """Make the call, with responses from ``handler``, and return its result."""
        client = self.package.make_client(handler, is_async=is_async, api_key=self.key, max_retries=max_retries)
        method = self.package.find_method(client, self.given["call"])
        positional = [self._make_value(value, folder) for value in self.given.get("positional", [])]
        named = {name: self._make_value(value, folder) for name, value in self.given.get("arguments", {}).items()}
        with EventLoop() as loop:
            result = loop.complete(method(*positional, **named))
            return list(result) if hasattr(result, "__next__") else result

    def _fail(self) -> Json:
        """Return what holds when the server fails, unless the request is repeated, as most are."""
        requests: list[httpx.Request] = []

        def handle(request: httpx.Request) -> httpx.Response:
            requests.append(request)
            return httpx.Response(500, headers={"retry-after": "0"}, json={})

        message = ""
        with tempfile.TemporaryDirectory() as folder:
            try:
                self.make(handle, Path(folder), is_async=False, max_retries=1)
            except Exception as error:  # noqa: BLE001 - whatever it is, it was recorded already
                message = str(error)
        if len(requests) != 1:
            return {}
        return {"repeated": False, **({"starts_run": True} if "run may have started" in message else {})}

    # --- arguments ----------------------------------------------------------------------------------------------------

    def _make_value(self, value: Any, folder: Path) -> Any:
        if isinstance(value, Tagged):
            return self._make_tagged(value.tag, self._make_value(value.value, folder), folder)
        if isinstance(value, dict):
            return {key: self._make_value(item, folder) for key, item in cast("Json", value).items()}
        if isinstance(value, list):
            return [self._make_value(item, folder) for item in cast("list[Any]", value)]
        return value

    def _make_tagged(self, tag: str, value: Any, folder: Path) -> Any:
        match tag:
            case "bytes":
                return value.encode("latin-1")
            case "date":
                return date.fromisoformat(value)
            case "datetime":
                return datetime.fromisoformat(value)
            case "tuple":
                return tuple(value)
            case "path":
                path = folder / value["name"]
                if "content" in value:
                    path.write_bytes(value["content"])
                return path
            case "handle":
                handle = io.BytesIO(value["content"])
                handle.name = value["name"]
                return handle
            case _:
                return self.package.make_model(tag, value)

    # --- what is recorded ---------------------------------------------------------------------------------------------

    def _describe_request(self, request: httpx.Request) -> Json:
        found: Json = {"method": request.method, "url": request.url.raw_path.decode()}
        headers = {name: value for name, value in request.headers.items() if name not in _NOT_OURS}
        headers = {name: value for name, value in headers.items() if not name.startswith("x-eigenpal-sdk")}
        content_type = headers.pop("content-type", "")
        usual = {"accept": "application/json", "authorization": f"Bearer {self.key}", **self.usual}
        if request.method == "POST" and len(headers.get("idempotency-key", "")) == 32:
            usual["idempotency-key"] = headers["idempotency-key"]
        names = sorted({*headers, *usual} - {*self.unchecked})
        unusual = {name: headers.get(name) for name in names if headers.get(name) != usual.get(name)}
        if unusual:
            found["headers"] = unusual
        found |= _describe_body(request.content, content_type)
        timeout = round(request.extensions["timeout"]["read"])  # what is left of it
        if timeout != _USUAL_TIMEOUT:
            found["read_timeout"] = timeout
        return found

    def _describe_result(self, result: Any) -> Json:
        found: Json = {"result": describe(result)}
        # A model gives back what it was decoded from.
        source = _read_answer(self.answers[0]).get("json") if self.answers else self.given.get("positional", [None])[0]
        if get_attributes(result) is not None and result.to_dict() != source:
            found["to_dict"] = result.to_dict()
        return found


def _describe_body(body: bytes, content_type: str) -> Json:
    if content_type.startswith("multipart/form-data;"):
        return {"parts": [_describe_part(part) for part in parse_multipart(body, content_type)]}
    if content_type == "application/x-www-form-urlencoded":
        return {"form": [list(pair) for pair in parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True)]}
    if content_type == "application/json":
        return {"json": json.loads(body)}
    if content_type.endswith("+json"):
        return {"type": content_type, "json": json.loads(body)}
    if not body and not content_type:
        return {}
    return {"type": content_type, "content": _mark(body)}


def _describe_part(part: Part) -> Json:
    found: Json = {"name": part.name, "filename": part.filename, "type": part.content_type}
    if part.content_type == "application/json" and part.filename is None:
        found["json"] = json.loads(part.content)
    else:
        found["content"] = _mark(part.content)
    return {key: value for key, value in found.items() if value is not None or key == "json"}


def _mark(content: bytes) -> Any:
    """Return bytes as text if they are some."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "\0"
    return text if text.isprintable() else Tagged("bytes", content.decode("latin-1"))


def describe(value: Any) -> Any:
    """Return a result as plain data: models as their attributes under their name, datetimes in ISO 8601."""
    attributes = get_attributes(value)
    if attributes is not None:
        described = {name: describe(item) for name, item in attributes.items() if item is not None}
        absent = ", ".join(name for name, item in attributes.items() if item is None)
        return Tagged(type(value).__name__, {**described, **({"=None": absent} if absent else {})})
    if type(value) is dict:
        return {key: describe(item) for key, item in cast("Json", value).items()}
    if type(value) is list:
        return [describe(item) for item in cast("list[Any]", value)]
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, bytes):
        return Tagged("bytes", value.decode("latin-1"))
    if isinstance(value, (date, datetime)):
        return Tagged(type(value).__name__, value.isoformat())
    return Tagged(type(value).__name__, repr(value))


# --- answers ----------------------------------------------------------------------------------------------------------


def _read_answer(answer: Json) -> Json:
    if "example" in answer:
        return {**answer, "json": json.loads((EXAMPLES / f"{answer['example']}.json").read_text(encoding="utf-8"))}
    return answer


def _make_response(answer: Json) -> httpx.Response:
    answer = _read_answer(answer)
    status, headers = answer.get("status", 200), dict(answer.get("headers", {}))
    if "json" in answer:
        headers["content-type"] = answer.get("type", "application/json")
        return httpx.Response(status, content=json.dumps(answer["json"]).encode(), headers=headers)
    content = answer.get("content", "")
    if isinstance(content, Tagged):
        content = content.value.encode("latin-1")
    if "type" in answer:
        headers["content-type"] = answer["type"]
    return httpx.Response(status, content=content, headers=headers)
