"""Spans and metrics of OpenTelemetry, with its instrumentation of httpx."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.testing import EigenpalServer
from tests.support.invoices import add_invoice_workflow

ROOT = Path(__file__).parents[2]
KEY = "sk_live_never_in_a_span"


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield exporter
    instrumentor.uninstrument()


def run(kind: Literal["sync", "async"], url: str) -> Any:
    async def run_async() -> Any:
        async with AsyncEigenpalClient(api_key=KEY, base_url=url) as client:
            return await client.run_and_wait("workflows.echo", {"a": 1})

    if kind == "async":
        return asyncio.run(run_async())
    with EigenpalClient(api_key=KEY, base_url=url) as client:
        return client.run_and_wait("workflows.echo", {"a": 1})


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_every_request_is_a_span_without_the_key(
    kind: Literal["sync", "async"], exporter: InMemorySpanExporter
) -> None:
    with EigenpalServer(api_key=KEY) as server:
        url = server.url
        finished = run(kind, url)
        requests = list(server.requests)
    spans = exporter.get_finished_spans()
    assert len(spans) == len(requests) >= 2
    urls = [str((span.attributes or {}).get("http.url") or (span.attributes or {})["url.full"]) for span in spans]
    assert urls[0] == f"{url}/api/v1/runs"
    assert urls[-1].startswith(f"{url}/api/v1/runs/{finished.id}")
    # The server sees the trace go on.
    assert f"{spans[0].context.trace_id:032x}" in requests[0].headers["traceparent"]
    assert KEY not in json.dumps([json.loads(span.to_json()) for span in spans])


def test_the_example_runs() -> None:
    with add_invoice_workflow(EigenpalServer(api_key=KEY)) as server:
        environment = {**os.environ, "EIGENPAL_API_KEY": KEY, "EIGENPAL_BASE_URL": server.url}
        done = subprocess.run(
            [sys.executable, "examples/telemetry.py"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
    assert done.returncode == 0, done.stderr
    for part in (
        "'total': 1534.39",
        '"name": "POST"',
        '"eigenpal.run_id"',
        '"operation": "run"',
        "eigenpal.call.duration",
    ):
        assert part in done.stdout
    assert KEY not in done.stdout + done.stderr
