"""Collects the results of `run_many` from the synchronous client, and from the asynchronous one on asyncio and trio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

import trio

from eigenpal.testing import EigenpalServer
from eigenpal.types import BatchSummary, RunResult

Kind = Literal["sync", "asyncio", "trio"]
KINDS: tuple[Kind, ...] = ("sync", "asyncio", "trio")


class Collected(NamedTuple):
    results: list[RunResult]
    summary: BatchSummary
    error: BaseException | None

    @property
    def outputs(self) -> list[Any]:
        return [result.run.output for result in self.results if result.run is not None]


def run_many(
    kind: Kind,
    server: EigenpalServer,
    inputs: Any,
    *,
    target: str = "workflows.echo",
    in_order: bool = False,
    stop_after: int | None = None,
    on_result: Callable[[RunResult], object] = lambda _: None,
    client: dict[str, Any] | None = None,
    **options: Any,
) -> Collected:
    """Iterate over the results, at most `stop_after` of them; return an exception instead of raising it."""
    results: list[RunResult] = []
    error: BaseException | None = None

    def take(result: RunResult) -> bool:
        results.append(result)
        on_result(result)
        return len(results) == stop_after

    if kind == "sync":
        with server.client(**(client or {})) as sync_client:
            batch = sync_client.run_many(target, inputs, **options)
            try:
                for result in batch.in_order() if in_order else batch:
                    if take(result):
                        break
            except Exception as raised:  # noqa: BLE001
                error = raised
            return Collected(results, batch.summary(), error)

    async def main() -> BatchSummary:
        nonlocal error
        async with server.async_client(**(client or {})) as async_client:
            batch = async_client.run_many(target, inputs, **options)
            async with batch:
                try:
                    async for result in batch.in_order() if in_order else batch:
                        if take(result):
                            break
                except Exception as raised:  # noqa: BLE001
                    error = raised
            return batch.summary()

    summary = asyncio.run(main()) if kind == "asyncio" else trio.run(main)
    return Collected(results, summary, error)


def make_inputs(count: int) -> Iterable[dict[str, Any]]:
    return ({"n": number} for number in range(count))


def count_starts(server: EigenpalServer) -> int:
    return len(server.requests.of("run"))
