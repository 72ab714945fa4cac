"""One function for each budget."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import httpx

from benchmarks import peer
from benchmarks.batches import measure_batch_journal, measure_batch_memory, measure_batch_requests, measure_batches
from benchmarks.concurrency import measure_concurrency, measure_threads
from benchmarks.measurement import ROOT, Result, find_best_times, format_ms, make_reader, run_program
from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal_generated import models

MEGABYTE = 1024 * 1024

_MEMORY = """
import sys
from pathlib import Path
from benchmarks.measurement import get_peak_memory
from eigenpal import EigenpalClient

with EigenpalClient(api_key="key", base_url=sys.argv[1], timeout_seconds=300) as client:
    client.runs.get("run_w01")
    before = get_peak_memory()
    if sys.argv[2] == "up":
        client.run("workflows.extract-invoice", {"contract": Path(sys.argv[3])})
    else:
        client.runs.artifacts.download("run_w01", "large.bin", to=Path(sys.argv[3]))
    print(get_peak_memory() - before)
"""


def measure_call() -> Result:
    """One call over a mock transport, against raw httpx."""
    with (
        httpx.Client(transport=_make_transport(peer.RUN)) as http,
        httpx.Client(transport=_make_transport(peer.RUN), base_url=_ADDRESS, headers=_HEADERS) as raw,
    ):
        client = EigenpalClient(api_key="key", base_url=_ADDRESS, http_client=http)

        def ours() -> None:
            for _ in range(20):
                client.runs.get("run_w01")

        def theirs() -> None:
            for _ in range(20):
                raw.get("/api/v1/runs/run_w01").json()

        mine, other = find_best_times(ours, theirs, 300)
    return Result("a call / raw httpx", format_ms(mine / 20), format_ms(other / 20), mine / other, 1.1)


def measure_async_call() -> Result:
    """One asynchronous call over a kept-alive connection, against raw httpx.

    The connection is real, because what cancellation and deadlines cost depends on event loop and network.
    """
    with peer.running() as url, closing(asyncio.new_event_loop()) as loop:
        raw = httpx.AsyncClient(base_url=url, headers=_HEADERS)
        client = AsyncEigenpalClient(api_key="key", base_url=url)

        async def ours() -> None:
            for _ in range(20):
                await client.runs.get("run_w01")

        async def theirs() -> None:
            for _ in range(20):
                (await raw.get("/api/v1/runs/run_w01")).json()

        run = loop.run_until_complete
        mine, other = find_best_times(lambda: run(ours()), lambda: run(theirs()), 100)
        run(client.aclose())
        run(raw.aclose())
    return Result("an asynchronous call / raw httpx", format_ms(mine / 20), format_ms(other / 20), mine / other, 1.1)


_ADDRESS = "https://api.test"
_HEADERS = {"Authorization": "Bearer key"}


def _make_transport(body: object) -> httpx.MockTransport:
    content = json.dumps(body).encode()

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=content, headers={"content-type": "application/json"})

    return httpx.MockTransport(handle)


def measure_run_decoding() -> Result:
    """Decoding 1,000 whole runs and reading every field, against stock models."""
    runs = [json.loads(json.dumps(peer.RUN)) for _ in range(100)]

    def make_action(model: Any) -> Callable[[], object]:
        read = make_reader(model.from_dict(peer.RUN))

        def action() -> None:
            for run in runs:
                read(model.from_dict(run))

        return action

    return _measure_decoding("1,000 runs decoded and read, stock models / ours", make_action, "Run")


def measure_row_decoding() -> Result:
    """Decoding 1,000 rows of ``runs.list`` in pages of 100 and reading every field, against stock models."""
    page = json.loads(json.dumps(peer.PAGE))

    def make_action(model: Any) -> Callable[[], object]:
        read_workflow, read_agent = (make_reader(row) for row in model.from_dict(page).runs[:2])

        def action() -> None:
            rows = model.from_dict(page).runs
            for row in rows[::2]:
                read_workflow(row)
            for row in rows[1::2]:
                read_agent(row)

        return action

    return _measure_decoding("1,000 list rows decoded and read, stock models / ours", make_action, "RunsListResponse")


def _measure_decoding(name: str, make_action: Callable[[Any], Callable[[], object]], model: str) -> Result:
    mine, stock = make_action(getattr(models, model)), make_action(getattr(_load_stock_models(), model))
    gc.collect()
    ours, theirs = find_best_times(mine, stock, 300)
    return Result(name, format_ms(ours * 10), format_ms(theirs * 10), theirs / ours, 6, at_least=True)


@cache
def _load_stock_models() -> Any:
    """Return the models that openapi-python-client generates from our spec with its own templates."""
    bytes_of_any_kind = '{"application/zip": "application/octet-stream", "*/*": "application/octet-stream"}'
    settings = (
        "literal_enums: true\nuse_path_prefixes_for_title_model_names: false\npost_hooks: []\n"
        f"content_type_overrides: {bytes_of_any_kind}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "settings.yaml").write_text(settings)
        command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
        paths = ["--path", str(ROOT / "openapi/openapi.yaml"), "--config", "settings.yaml", "--output-path", "stock"]
        subprocess.run([*command, *paths], cwd=folder, check=True, capture_output=True)
        sys.path.insert(0, folder)
        try:
            return import_module("stock.models")
        finally:
            sys.path.remove(folder)


def measure_upload_memory() -> Result:
    """Memory that an upload of 512 MB adds to the process."""
    return _measure_memory("up")


def measure_download_memory() -> Result:
    """Memory that a download of 512 MB adds to the process."""
    return _measure_memory("down")


def _measure_memory(direction: str) -> Result:
    with tempfile.TemporaryDirectory() as folder, peer.running() as url:
        path = Path(folder, "large.bin")
        if direction == "up":
            with path.open("wb") as file:
                file.truncate(peer.FILE_SIZE)
        grown = int(run_program(_MEMORY, url, direction, str(path))) / MEGABYTE
        assert path.stat().st_size == peer.FILE_SIZE
    return Result(f"memory for 512 MB {direction}", f"{grown:.1f} MB", "-", grown, 48, unit="MB")


def measure_regeneration() -> Result:
    """A full run of the generator."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "generator", "--check"], cwd=ROOT, check=True, capture_output=True)
    taken = time.perf_counter() - began
    return Result("whole regeneration", f"{taken:.2f} s", "-", taken, 5, unit="s")


def measure_large_document() -> Result:
    """A full run of the generator on a document of some 300 operations: six of ours, under other names."""
    lowered = json.loads((ROOT / "eigenpal_generated" / "openapi.json").read_text(encoding="utf-8"))
    large: dict[str, Any] = {**lowered, "paths": {}, "components": {**lowered["components"], "schemas": {}}}
    for number in range(6):
        copy = json.loads(
            re.sub(r'"#/components/schemas/(\w+)"', rf'"#/components/schemas/\1V{number}"', json.dumps(lowered))
        )
        for path, item in copy["paths"].items():
            large["paths"][f"/v{number}{path}"] = _renamed(item, number)
        for name, schema in copy["components"]["schemas"].items():
            large["components"]["schemas"][f"{name}V{number}"] = _renamed(schema, number)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "openapi.json").write_text(json.dumps(large), encoding="utf-8")
        command = ["--spec", f"{folder}/openapi.json", "--out", f"{folder}/out"]
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "generator", *command], cwd=ROOT, check=True, capture_output=True)
        taken = time.perf_counter() - began
    operations = sum("operationId" in operation for item in large["paths"].values() for operation in item.values())
    return Result(f"generation of {operations} operations", f"{taken:.1f} s", "-", taken, 60, unit="s")


def _renamed(value: Any, number: int) -> Any:
    """Return a part of a document whose operations and variants have names of their own."""
    if isinstance(value, list):
        return [_renamed(item, number) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    node = cast("dict[str, Any]", value)
    changes: dict[str, str] = {}
    for key in ("operationId", "operation", "x-eigenpal-method"):
        if isinstance(node.get(key), str):
            changes[key] = f"v{number}.{node[key]}"
    if isinstance(node.get("schema"), str):
        changes["schema"] = f"{node['schema']}V{number}"
    return {key: changes.get(key) or _renamed(item, number) for key, item in node.items()}


ALL: tuple[Callable[[], Result | list[Result]], ...] = (
    measure_call, measure_async_call, measure_run_decoding,
    measure_row_decoding, measure_upload_memory, measure_download_memory, measure_concurrency, measure_threads,
    measure_batches, measure_batch_requests, measure_batch_journal, measure_batch_memory,
    measure_regeneration, measure_large_document,
)  # fmt: skip
