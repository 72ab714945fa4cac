"""The ASGI application: key, path, validation, faults, handler, validation again, journal."""

from __future__ import annotations

import asyncio
import hmac
import inspect
import json
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from eigenpal.testing._server.bodies import BodyReader, Limits, Receive, decode_json, form_document, read_form
from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.clock import Clock
from eigenpal.testing._server.content import Content
from eigenpal.testing._server.errors import ROOT, Issue, Problem, invalid, status_problem
from eigenpal.testing._server.faults import GARBAGE, Fault, Faults
from eigenpal.testing._server.journal import (
    HIDDEN,
    Journal,
    RecordedFile,
    RecordedRequest,
    without_credentials,
    without_secrets,
)
from eigenpal.testing._server.routing import Match, Router
from eigenpal.testing._server.specification import Operation, Specification
from eigenpal.testing._server.validation import Validators
from eigenpal.testing._server.world import World

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Cut = Callable[[Scope, bool], bool]
"""Closes the connection of a scope, at once or after what was sent; False if there is no connection."""

_VALIDATORS = Validators()


@dataclass
class _Reply:
    """What goes out."""

    status: int
    headers: dict[str, str]
    body: bytes | Content = b""

    @property
    def size(self) -> int:
        return self.body.size if isinstance(self.body, Content) else len(self.body)


class Application:
    """Answers requests as the document says; an ASGI application.

    Args:
        specification: The document.
        handlers: What plays each operation.
        world: The state.
        api_key: The key that requests must carry.
        limits: How much of a request is taken.
        check_answers: Whether answers are held against the document before they leave.
    """

    def __init__(
        self,
        specification: Specification,
        handlers: Mapping[str, Handler],
        world: World,
        *,
        api_key: str,
        limits: Limits,
        check_answers: bool = True,
    ) -> None:
        self.specification: Specification = specification
        self.world: World = world
        self.journal: Journal = Journal()
        self.faults: Faults = Faults(specification.operations.keys())
        self.violations: list[str] = []
        self.cut: Cut | None = None
        self._handlers = handlers
        self._router = Router(specification.operations.values())
        self._api_key = api_key
        self._expected_key = f"bearer {api_key}".encode()
        self.limits: Limits = limits
        self._check_answers = check_answers
        self._requests = 0

    @property
    def clock(self) -> Clock:
        """The time of the server."""
        return self.world.clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] != "http":
            return
        started = time.perf_counter()
        headers = _headers(scope)
        entry = self._entry(scope, headers)
        self.journal.add(entry)
        reader = BodyReader(receive, headers, self.limits)
        reply, fault = await self._answer(scope, headers, reader, entry)
        reply.headers["x-request-id"] = entry.request_id
        entry.status = reply.status
        try:
            if fault is not None and fault.kind in ("reset", "hang", "truncate"):
                entry.status = None if fault.kind != "truncate" else reply.status
                await self._break(fault, reply, scope, receive, send)
            else:
                await _send(reply, send, head=scope["method"] == "HEAD")
        finally:
            entry.seconds = time.perf_counter() - started

    def next_request_id(self) -> str:
        """Return the id of a request that has just come in."""
        self._requests += 1
        return f"req_{self._requests:08x}"

    def _entry(self, scope: Scope, headers: Mapping[str, str]) -> RecordedRequest:
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        hidden = [(name, HIDDEN if name == "token" else value.replace(self._api_key, HIDDEN)) for name, value in pairs]
        return RecordedRequest(
            operation=None,
            method=scope["method"],
            path=_raw_path(scope).decode("latin-1").replace(self._api_key, HIDDEN),
            query=tuple(hidden),
            headers=without_credentials(headers, self._api_key),
            at=self.clock.now(),
            request_id=self.next_request_id(),
        )

    async def _answer(
        self, scope: Scope, headers: Mapping[str, str], reader: BodyReader, entry: RecordedRequest
    ) -> tuple[_Reply, Fault | None]:
        """Return what to send, and the fault to send it with."""
        fault: Fault | None = None
        try:
            match = self._route(scope, entry)
            self._check_key(headers)
            if isinstance(match, Problem):
                raise match
            fault = self.faults.take(entry)
            if fault is not None:
                entry.fault = str(fault)
                if fault.latency > 0:
                    await asyncio.sleep(fault.latency)
                if fault.moment == "before" and fault.kind not in ("truncate", "duplicate", "latency"):
                    await reader.drain()
                    return self._faulty(fault, entry), fault
            call = await self._read(match, scope, reader, headers, entry)
            if fault is not None and fault.kind == "duplicate":
                await self._play(call)
            reply = await self._finish(call, await self._play(call), entry)
            if fault is not None and fault.kind in ("status", "garbage"):
                return self._faulty(fault, entry), fault
        except Problem as problem:
            await reader.drain()
            reply = self._refusal(problem, entry)
        except Exception as error:  # noqa: BLE001 - the one place where a mistake of the server becomes an answer
            self.violations.append(f"{entry.operation or entry.path}: {type(error).__name__}: {error}")
            reply = self._refusal(status_problem(500, f"The embedded server failed: {error!r}"), entry)
        return reply, fault

    def _route(self, scope: Scope, entry: RecordedRequest) -> Match | Problem:
        """Return where a request leads to, without telling it yet to someone who has no key."""
        try:
            match = self._router.match(entry.method, _raw_path(scope))
        except Problem as problem:
            return problem
        entry.operation = match.operation.id
        entry.path_values = {name: value.replace(self._api_key, HIDDEN) for name, value in match.values.items()}
        return match

    def _check_key(self, headers: Mapping[str, str]) -> None:
        sent = headers.get("authorization", "")
        scheme, _, key = sent.partition(" ")
        given = f"{scheme.lower()} {key.strip()}".encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._expected_key):
            text = "API key is not valid" if sent else "API key is missing; send Authorization: Bearer <key>"
            raise status_problem(401, text, headers={"www-authenticate": "Bearer"})

    async def _read(
        self, match: Match, scope: Scope, reader: BodyReader, headers: Mapping[str, str], entry: RecordedRequest
    ) -> Call:
        operation = match.operation
        _VALIDATORS.path(operation, match.values)
        query = _VALIDATORS.query(operation, _query(scope))
        declared = _VALIDATORS.headers(operation, headers)
        body: Any = None
        form = None
        left_out = reader.finished and "content-type" not in headers and not operation.body_required
        if operation.body and not left_out:
            sent = headers.get("content-type", "").split(";")[0].strip().lower()
            media = operation.body.get(sent)
            if media is None:
                accepted = " or ".join(operation.body)
                raise invalid(
                    "header.Content-Type",
                    f"Expected {accepted}, got {sent or 'nothing'}",
                    "unsupported_media_type",
                )
            if sent == "multipart/form-data":
                form = await read_form(reader, headers, self.limits)
                body = form_document(form, media)
                entry.files = tuple(
                    RecordedFile(name, file.filename, file.content_type, file.size) for name, file in form.files
                )
            else:
                body = decode_json(await reader.read(self.limits.json_bytes))
            entry.json = without_secrets(body, operation.secret_names, self._api_key)
            _VALIDATORS.body(media, body)
        else:
            # A body no one asked for is taken in and forgotten, as servers do.
            await reader.drain()
        return Call(
            world=self.world,
            operation=operation,
            path=match.values,
            query=query,
            headers=declared,
            body=body,
            form=form,
            idempotency_key=headers.get("idempotency-key") or None,
        )

    async def _play(self, call: Call) -> Answer:
        operation = call.operation
        handler = self._handlers.get(operation.id)
        if handler is None:
            return _example(operation)
        # Runs remember their keys themselves, because an answer may be waited for long after the run was made.
        key = call.idempotency_key if operation.method == "POST" and not operation.starts_run else None
        known = self.world.recall(operation.id, key, call.fingerprint()) if key is not None else None
        if known is not None:
            return Answer(**known)
        with self.world.lock:
            result = handler(call)
        answer = await result if inspect.isawaitable(result) else result
        if key is not None and not answer.secret:
            outcome = {"status": answer.status, "json": answer.json, "content_type": answer.content_type}
            self.world.remember(operation.id, key, call.fingerprint(), outcome)
        self.world.commit()
        return answer

    async def _finish(self, call: Call, answer: Answer, entry: RecordedRequest) -> _Reply:
        if self._check_answers:
            found = _VALIDATORS.answer(call.operation, answer.status, answer.content_type, answer.json)
            if found:
                self.violations.extend(found)
                issues = [Issue(ROOT, f"Does not fit the document: {one}", "internal_error") for one in found]
                return self._refusal(Problem(500, issues), entry)
        headers = dict(answer.headers)
        if answer.content_type is not None:
            headers["content-type"] = answer.content_type
        if answer.content is not None:
            return _Reply(answer.status, headers, answer.content)
        if answer.content_type is None:
            return _Reply(answer.status, headers)
        return _Reply(answer.status, headers, encode_json(answer.json))

    def _refusal(self, problem: Problem, entry: RecordedRequest) -> _Reply:
        headers = {"content-type": "application/json", **problem.headers}
        return _Reply(problem.status, headers, encode_json(problem.envelope(entry.request_id)))

    def _faulty(self, fault: Fault, entry: RecordedRequest) -> _Reply:
        if fault.body is not None or fault.kind == "garbage":
            headers = {"content-type": "text/html; charset=utf-8", **fault.headers}
            return _Reply(fault.status, headers, GARBAGE if fault.body is None else fault.body)
        return self._refusal(status_problem(fault.status, fault.message, headers=fault.headers), entry)

    async def _break(self, fault: Fault, reply: _Reply, scope: Scope, receive: Receive, send: Send) -> None:
        """Send an answer that does not arrive as a whole."""
        if fault.kind == "hang":
            await _until_gone(receive)
        elif fault.kind == "truncate":
            body = b"".join(reply.body.pieces()) if isinstance(reply.body, Content) else reply.body
            await send(_start(reply))
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        if self.cut is None or not self.cut(scope, fault.kind != "truncate"):
            # Without a socket there is nothing to cut; the client in the same process gets the error itself.
            import httpx

            raise httpx.ReadError(f"the embedded server played a fault: {fault}")


def _headers(scope: Scope) -> dict[str, str]:
    # Of a header that was sent twice, the first one counts.
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(list(scope["headers"]))}


def _raw_path(scope: Scope) -> bytes:
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    return path.split(b"?")[0]


def _query(scope: Scope) -> list[tuple[str, str]]:
    try:
        text = scope["query_string"].decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError):
        raise invalid("query", "The query is not percent-encoded UTF-8", "invalid_encoding") from None


def encode_json(value: Any) -> bytes:
    """Return JSON text, as short as it can be."""
    # ASCII only: lone surrogates, which JSON may hold and UTF-8 may not, survive as escapes.
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


def _start(reply: _Reply) -> dict[str, Any]:
    headers = [
        (name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in reply.headers.items()
    ]
    if reply.status != 204:
        headers.append((b"content-length", str(reply.size).encode()))
    return {"type": "http.response.start", "status": reply.status, "headers": headers}


async def _send(reply: _Reply, send: Send, *, head: bool = False) -> None:
    await send(_start(reply))
    if isinstance(reply.body, Content) and not head:
        for piece in reply.body.pieces():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    else:
        await send({"type": "http.response.body", "body": b"" if isinstance(reply.body, Content) else reply.body})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _live(receive: Receive, send: Send) -> None:
    """Take part in the lifespan of whoever hosts the application."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _example(operation: Operation) -> Answer:
    for status in sorted(operation.answers):
        for name, media in operation.answers[status].items():
            if status.startswith("2") and name == "application/json" and media.example is not None:
                return Answer(status=int(status), json=media.example)
    raise Problem(501, [Issue(ROOT, f"The embedded server does not play {operation.id} yet", "not_implemented")])
