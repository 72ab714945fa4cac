"""The embedded server answers the calls of every document, although it implements none of the operations."""

from __future__ import annotations

import importlib
import logging
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.generator.net.notation import load
from tests.generator.net.packages import NO_SERVER, generate, import_from
from tests.generator.net.recorder import ROOT, Call, describe

NET = ROOT / "tests" / "generator" / "net"
FILES = [
    *sorted(Path(__file__).parent.glob("*.yaml")),
    *(NET / f"{name}.yaml" for name in ("constructs", "wire", "full_spec")),
]

# Operations of which no call has arguments that the document allows.
REFUSED = {"quarkus": {"fruits.list", "fruits.delete"}, "wire": {"bodies.multipart"}}


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_both_clients_understand_what_the_server_makes_up(
    file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content: dict[str, Any] = load(file)
    with generate(ROOT / content["document"]) as folder, import_from(folder, is_our_api=False) as package:
        # Imported now, so that it serves the document of this package.
        testing = importlib.import_module("eigenpal.testing")
        key = content.get("api_key", "key").removesuffix(":")
        with testing.EigenpalServer(api_key=key) as server, httpx.Client() as http_client:
            prefix = httpx.URL(package.server or NO_SERVER).path.rstrip("/")

            def forward(request: httpx.Request) -> httpx.Response:
                assert len(server.requests) < 1000, "an iteration does not end"
                url = server.url + request.url.raw_path.decode().removeprefix(prefix)
                headers = [(name, value) for name, value in request.headers.multi_items() if name != "host"]
                response = http_client.request(request.method, url, headers=headers, content=request.read())
                return httpx.Response(response.status_code, headers=response.headers, content=response.content)

            for call in content["calls"]:
                results: list[str] = []
                for is_async in (False, True):
                    before = len(server.requests)
                    try:
                        result = Call(package, content, call).make(forward, tmp_path, is_async=is_async)
                    except Exception as error:
                        # It was refused by the client, or violates the document.
                        if len(server.requests) > before and getattr(error, "status", None) != 400:
                            raise
                    else:
                        results.append(repr(describe(result)))
                assert len(results) in (0, 2) and len({*results}) <= 1, call
            answered = {entry.operation for entry in server.requests if entry.response_source is not None}
            assert {*server.unimplemented_operations} - answered == REFUSED.get(file.stem, set())
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == []
