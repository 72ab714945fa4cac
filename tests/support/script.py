"""A server that is a list of responses, for `httpx.MockTransport`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

BASE_URL = "https://eigenpal.test"

RequestHandler = Callable[[httpx.Request], httpx.Response]


class Script:
    """Responds as listed, then repeats the last response; an exception in the list is raised. Records the requests."""

    MAX_REPEATS = 50
    """More of them fail the test, so that a retry loop without an end does not hang."""

    def __init__(self, *responses: httpx.Response | Exception | RequestHandler) -> None:
        self._responses = list(responses)
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self.timeouts: list[dict[str, float]] = []
        """The timeouts of each request when it was sent; under a deadline they become shorter with time."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        position = len(self.requests)
        self.requests.append(request)
        self.timeouts.append(dict(request.extensions.get("timeout", {})))
        self.bodies.append(request.content)
        assert position < len(self._responses) + self.MAX_REPEATS, "the last response was repeated too often"
        response = self._responses[min(position, len(self._responses) - 1)]
        if isinstance(response, Exception):
            raise response
        if isinstance(response, httpx.Response):
            # A copy, because a response can be read only once.
            return httpx.Response(response.status_code, headers=response.headers, content=response.content)
        return response(request)


def ok(data: Any = None, **headers: str) -> httpx.Response:
    return httpx.Response(200, json={"id": "run_1"} if data is None else data, headers=headers)


def error_response(status: int, message: str = "Something is wrong", **more: Any) -> httpx.Response:
    headers = more.pop("headers", {})
    issue = {"field": "<root>", "message": message, "code": "some_code", "severity": "error"}
    return httpx.Response(status, json={"issues": [issue], "requestId": "req_1", **more}, headers=headers)
