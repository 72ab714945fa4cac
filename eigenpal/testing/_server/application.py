"""The ASGI application: authenticates, routes, validates, injects faults, calls endpoints, validates responses."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

from eigenpal._clock import real_monotonic
from eigenpal.testing._server.clock import Clock
from eigenpal.testing._server.content import Content
from eigenpal.testing._server.credentials import check_key
from eigenpal.testing._server.document_responses import DocumentResponder
from eigenpal.testing._server.faults import GARBAGE, FaultInjector, InjectedFault
from eigenpal.testing._server.forms import form_to_json, parse_form
from eigenpal.testing._server.hosts import check_host
from eigenpal.testing._server.http_errors import (
    HttpError,
    bad_request,
    contract_violation,
    error_for_status,
)
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.journal import (
    REDACTED,
    Journal,
    RecordedFile,
    RecordedRequest,
    redact_body,
    redact_headers,
)
from eigenpal.testing._server.request_body import (
    Limits,
    ReceiveMessage,
    RequestBody,
    decode_json,
)
from eigenpal.testing._server.routing import RouteMatch, Router
from eigenpal.testing._server.samples import NoSampleError
from eigenpal.testing._server.server_state import ServerState
from eigenpal.testing._server.specification import Specification, find_media, plain_media_type
from eigenpal.testing._server.validation import MessageValidator

Scope = MutableMapping[str, Any]
SendMessage = Callable[[MutableMapping[str, Any]], Awaitable[None]]
CloseConnection = Callable[[Scope, bool], bool]
"""Closes the connection of a scope, immediately or after sending what was written; False if there is none."""

_VALIDATOR = MessageValidator()

_VIOLATION_HINT = (
    "The response does not match the API document: a bug in eigenpal.testing, not in the code that is tested. "
    "EigenpalServer(validate_responses=False) sends such responses as they are."
)
_FAILURE_HINT = (
    "This is a bug in eigenpal.testing, or in a function that was passed to it, not in the code that is tested."
)
_SAMPLE_HINT = (
    "The server does not implement this operation and responds with what the API document says. "
    "Add a valid example to the response in the document."
)


@dataclass
class _OutgoingResponse:
    """A response as it is sent."""

    status: int
    headers: dict[str, str]
    body: bytes | Content = b""

    @property
    def size(self) -> int:
        return self.body.size if isinstance(self.body, Content) else len(self.body)


class Application:
    """The ASGI application that serves the operations of the OpenAPI document.

    Args:
        specification: The OpenAPI document.
        endpoints: The function for each operation, by operationId.
        state: The state of the server.
        api_key: API key that requests must carry.
        limits: Limits for requests.
        validate_responses: Whether to validate responses against the document before they are sent.
        idempotency: Whether to honor idempotency keys.
    """

    def __init__(
        self,
        specification: Specification,
        endpoints: Mapping[str, Endpoint],
        state: ServerState,
        *,
        api_key: str,
        limits: Limits,
        validate_responses: bool = True,
        idempotency: bool = True,
    ) -> None:
        self.specification: Specification = specification
        self.state: ServerState = state
        self.journal: Journal = Journal(operations=specification.operations.keys())
        self.faults: FaultInjector = FaultInjector(specification.operations.keys())
        self.violations: list[str] = []
        self.close_connection: CloseConnection | None = None
        self.listening_host: str | None = None
        """The address of the socket; None without one."""
        self._endpoints = endpoints
        self._document_responder = DocumentResponder(specification)
        self._router = Router(specification.operations.values())
        self._api_key = api_key
        self.limits: Limits = limits
        self._validate_responses = validate_responses
        self._idempotency = idempotency
        self._requests = 0

    @property
    def clock(self) -> Clock:
        """The clock of the server."""
        return self.state.clock

    @property
    def unimplemented_operations(self) -> list[str]:
        """The operationIds of the operations that are answered from the document alone."""
        return sorted(self.specification.operations.keys() - self._endpoints.keys())

    async def __call__(self, scope: Scope, receive: ReceiveMessage, send: SendMessage) -> None:
        """Handle one request."""
        if scope["type"] == "lifespan":
            await _handle_lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        started = real_monotonic()
        headers = _decode_headers(scope)
        entry = self._record_request(scope, headers)
        self.journal.add(entry)
        body_stream = RequestBody(receive, headers, self.limits)
        outgoing, fault = await self._respond(scope, headers, body_stream, entry)
        outgoing.headers["x-request-id"] = entry.request_id
        # Also for a Retry-After that is a date: it is one of the server's clock.
        outgoing.headers.setdefault("date", format_datetime(self.clock.now(), usegmt=True))
        entry.status = outgoing.status
        try:
            if fault is not None and fault.kind in ("reset", "hang", "truncate"):
                entry.status = None if fault.kind != "truncate" else outgoing.status
                await self._send_broken(fault, outgoing, scope, receive, send)
            else:
                await _send(outgoing, send, head=scope["method"] == "HEAD")
        finally:
            entry.seconds = real_monotonic() - started

    def next_request_id(self) -> str:
        """Return the id for a new request."""
        self._requests += 1
        return f"req_{self._requests:08x}"

    def _record_request(self, scope: Scope, headers: Mapping[str, str]) -> RecordedRequest:
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        hidden = [
            (name, REDACTED if name == "token" else value.replace(self._api_key, REDACTED)) for name, value in pairs
        ]
        return RecordedRequest(
            operation=None,
            method=scope["method"],
            path=_raw_path(scope).decode("latin-1").replace(self._api_key, REDACTED),
            query=tuple(hidden),
            headers=redact_headers(headers, self._api_key),
            at=self.clock.now(),
            request_id=self.next_request_id(),
        )

    async def _respond(
        self, scope: Scope, headers: Mapping[str, str], body_stream: RequestBody, entry: RecordedRequest
    ) -> tuple[_OutgoingResponse, InjectedFault | None]:
        """Return the response, and the fault to inject while it is sent."""
        fault: InjectedFault | None = None
        try:
            if self.listening_host is not None:
                check_host(self.listening_host, headers.get("host"))
            match = self._route(scope, entry)
            self._check_key(match, scope, headers)
            if isinstance(match, HttpError):
                raise match
            fault = self.faults.match(entry)
            if fault is not None:
                entry.fault = str(fault)
                if fault.latency > 0:
                    await asyncio.sleep(fault.latency)
                if fault.timing == "before" and fault.kind not in ("truncate", "duplicate", "latency"):
                    await body_stream.drain()
                    return self._fault_response(fault, entry), fault
            request = await self._decode_and_validate(match, scope, body_stream, headers, entry)
            if fault is not None and fault.kind == "duplicate":
                await self._call_endpoint(request)
            outgoing = await self._build_response(request, await self._call_endpoint(request), entry)
            if fault is not None and fault.kind in ("status", "garbage"):
                entry.response_source = None
                return self._fault_response(fault, entry), fault
        except HttpError as error:
            await body_stream.drain()
            outgoing = self._error_response(error, entry)
        except NoSampleError as error:
            message = f"{entry.operation}: there is no valid example, and {error}"
            outgoing = self._violation_response([message], _SAMPLE_HINT, entry)
        except Exception as error:  # noqa: BLE001 - a bug of the server becomes a response
            message = f"{entry.operation or entry.path}: {type(error).__name__}: {error}"
            outgoing = self._violation_response([message], _FAILURE_HINT, entry)
        return outgoing, fault

    def _route(self, scope: Scope, entry: RecordedRequest) -> RouteMatch | HttpError:
        """Return the operation of a request, or the error to raise once its API key has been checked."""
        try:
            match = self._router.match(entry.method, _raw_path(scope))
        except HttpError as error:
            return error
        entry.operation = match.operation.id
        entry.path_values = {name: value.replace(self._api_key, REDACTED) for name, value in match.values.items()}
        return match

    def _check_key(self, match: RouteMatch | HttpError, scope: Scope, headers: Mapping[str, str]) -> None:
        # Paths that do not exist need the key as well, unless the API has none.
        credential = self.specification.default_credential
        if not isinstance(match, HttpError):
            credential = match.operation.credential
        if credential is not None:
            error = check_key(credential, self._api_key, headers, scope["query_string"].decode("latin-1"))
            if error is not None:
                raise error

    async def _decode_and_validate(
        self,
        match: RouteMatch,
        scope: Scope,
        body_stream: RequestBody,
        headers: Mapping[str, str],
        entry: RecordedRequest,
    ) -> ServerRequest:
        operation = match.operation
        _VALIDATOR.check_path(operation, match.values)
        query = _VALIDATOR.decode_query(operation, _split_query(scope))
        declared = _VALIDATOR.decode_headers(operation, headers)
        body: Any = None
        form = None
        is_body_omitted = body_stream.is_complete and "content-type" not in headers and not operation.body_required
        if operation.body and not is_body_omitted:
            sent = plain_media_type(headers.get("content-type", ""))
            media = find_media(operation.body, sent)
            if media is None:
                accepted = " or ".join(operation.body)
                raise bad_request(
                    "header.Content-Type",
                    f"Expected {accepted}, got {sent or 'nothing'}",
                    "unsupported_media_type",
                )
            if sent == "multipart/form-data":
                form = await parse_form(
                    headers["content-type"],
                    body_stream.iter_chunks(self.limits.max_form_bytes),
                    max_parts=self.limits.max_parts,
                    max_text_bytes=self.limits.max_json_bytes,
                )
                body = form_to_json(form, media)
                entry.files = tuple(
                    RecordedFile(name, file.filename, file.content_type, file.size, file.stored_content.sha256)
                    for name, file in form.files
                )
            elif "json" in sent:
                body = decode_json(await body_stream.read(self.limits.max_json_bytes))
            else:
                # No operation that the server implements has a body of another type.
                await body_stream.drain()
            if body is not None or "json" in sent:
                entry.json = redact_body(body, operation.secret_names, self._api_key)
                _VALIDATOR.check_body(media, body)
        else:
            # An unexpected body is read and discarded, as servers do.
            await body_stream.drain()
        return ServerRequest(
            state=self.state,
            operation=operation,
            path=match.values,
            query=query,
            headers=declared,
            body=body,
            form=form,
            idempotency_key=(headers.get("idempotency-key") or None) if self._idempotency else None,
        )

    async def _call_endpoint(self, request: ServerRequest) -> ServerResponse:
        operation = request.operation
        endpoint = self._endpoints.get(operation.id)
        if endpoint is None:
            return self._document_responder.respond(request)
        # The start of a run stores its own key, since its response may take as long as the run.
        key = request.idempotency_key if operation.method == "POST" and not operation.starts_run else None
        previous = (
            self.state.find_idempotent_result(operation.id, key, request.fingerprint()) if key is not None else None
        )
        if previous is not None:
            return ServerResponse(**previous)
        with self.state.lock:
            result = endpoint(request)
        response = await result if inspect.isawaitable(result) else result
        if key is not None and not response.secret:
            stored = {"status": response.status, "json": response.json, "content_type": response.content_type}
            self.state.remember_result(operation.id, key, request.fingerprint(), stored)
        self.state.commit()
        return response

    async def _build_response(
        self, request: ServerRequest, response: ServerResponse, entry: RecordedRequest
    ) -> _OutgoingResponse:
        if self._validate_responses:
            found = _VALIDATOR.find_response_violations(
                request.operation, response.status, response.content_type, response.json
            )
            if found:
                hint = _VIOLATION_HINT if response.source == "implementation" else _SAMPLE_HINT
                return self._violation_response(found, hint, entry)
        entry.response_source = response.source
        headers = dict(response.headers)
        if response.content_type is not None:
            headers["content-type"] = response.content_type
        if response.content is not None:
            return _OutgoingResponse(response.status, headers, response.content)
        if response.content_type is None:
            return _OutgoingResponse(response.status, headers)
        return _OutgoingResponse(response.status, headers, encode_json(response.json))

    def _violation_response(self, messages: list[str], hint: str, entry: RecordedRequest) -> _OutgoingResponse:
        self.violations.extend(messages)
        return self._error_response(contract_violation(messages, hint), entry)

    def _error_response(self, error: HttpError, entry: RecordedRequest) -> _OutgoingResponse:
        headers = {"content-type": "application/json", **error.headers}
        return _OutgoingResponse(error.status, headers, encode_json(error.envelope(entry.request_id)))

    def _fault_response(self, fault: InjectedFault, entry: RecordedRequest) -> _OutgoingResponse:
        if fault.body is not None or fault.kind == "garbage":
            headers = {"content-type": "text/html; charset=utf-8", **fault.headers}
            return _OutgoingResponse(fault.status, headers, GARBAGE if fault.body is None else fault.body)
        return self._error_response(error_for_status(fault.status, fault.message, headers=dict(fault.headers)), entry)

    async def _send_broken(
        self,
        fault: InjectedFault,
        outgoing: _OutgoingResponse,
        scope: Scope,
        receive: ReceiveMessage,
        send: SendMessage,
    ) -> None:
        """Send an incomplete response, or none."""
        if fault.kind == "hang":
            await _wait_for_disconnect(receive)
        elif fault.kind == "truncate":
            body = b"".join(outgoing.body.iter_chunks()) if isinstance(outgoing.body, Content) else outgoing.body
            await send(_start_message(outgoing))
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        if self.close_connection is None or not self.close_connection(scope, fault.kind != "truncate"):
            # Without a socket, raise the error that the client would see.
            import httpx

            raise httpx.ReadError(f"the embedded server injected a fault: {fault}")


def _decode_headers(scope: Scope) -> dict[str, str]:
    # If a header was sent twice, the first value is used.
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(list(scope["headers"]))}


def _raw_path(scope: Scope) -> bytes:
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    return path.split(b"?")[0]


def _split_query(scope: Scope) -> list[tuple[str, str]]:
    try:
        text = scope["query_string"].decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError):
        raise bad_request("query", "The query is not percent-encoded UTF-8", "invalid_encoding") from None


def encode_json(value: Any) -> bytes:
    """Return compact JSON."""
    # ASCII, because JSON may contain lone surrogates, which UTF-8 cannot encode.
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


def _start_message(outgoing: _OutgoingResponse) -> dict[str, Any]:
    headers = [
        (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
        for name, value in outgoing.headers.items()
    ]
    if outgoing.status != 204:
        headers.append((b"content-length", str(outgoing.size).encode()))
    return {"type": "http.response.start", "status": outgoing.status, "headers": headers}


async def _send(outgoing: _OutgoingResponse, send: SendMessage, *, head: bool = False) -> None:
    await send(_start_message(outgoing))
    if isinstance(outgoing.body, Content) and not head:
        for chunk in outgoing.body.iter_chunks():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    else:
        await send({"type": "http.response.body", "body": b"" if isinstance(outgoing.body, Content) else outgoing.body})


async def _wait_for_disconnect(receive: ReceiveMessage) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _handle_lifespan(receive: ReceiveMessage, send: SendMessage) -> None:
    """Complete the ASGI lifespan events."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
