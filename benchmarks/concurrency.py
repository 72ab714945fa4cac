"""Calls per second with 1, 50 and 400 calls in flight, over plain HTTP to `benchmarks.peer`.

With one call in flight the peer answers at once, otherwise after 20 ms. The rates of all clients are measured in turns,
and the best ones are compared.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from typing import Any

import httpx

from benchmarks import peer
from benchmarks.measurement import Result
from eigenpal import AsyncEigenpalClient, EigenpalClient

_TIMEOUT = 120.0
_HEADERS = {"Authorization": "Bearer key"}
# Rounds should be short, so that some are not interrupted, but long enough to reach the steady rate.
_ROUNDS = {1: 50, 50: 3, 400: 2}
_CALLS = {1: 40, 50: 1000, 400: 2000}
# Those that take quadratic time.
_SLOW_CALLS = {1: 40, 50: 500, 400: 800}


def _get_run_id(in_flight: int) -> str:
    return "run_w01" if in_flight == 1 else "slow"


async def _measure_async_rate(call: Callable[[], Awaitable[object]], calls: int, in_flight: int) -> float:
    left: Iterator[int] = iter(range(calls))

    async def work() -> None:
        for _ in left:
            await call()

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(in_flight)))
    return calls / (time.perf_counter() - began)


def _measure_async_rates(in_flight: int) -> dict[str, float]:
    """Return the calls per second of each asynchronous client."""
    import httpx2
    import httpx_aiohttp

    run_id = _get_run_id(in_flight)

    async def measure(url: str) -> dict[str, float]:
        unlimited = httpx.Limits(max_connections=None)
        async with AsyncExitStack() as stack:

            async def make_call(http_client: Any = None) -> Callable[[], Awaitable[object]]:
                if http_client is not None:
                    await stack.enter_async_context(http_client)
                client = AsyncEigenpalClient(
                    api_key="key", base_url=url, http_client=http_client, timeout_seconds=_TIMEOUT
                )
                await stack.enter_async_context(client)
                return lambda: client.runs.get(run_id)

            async def make_raw_call(**limits: Any) -> Callable[[], Awaitable[object]]:
                raw = httpx.AsyncClient(base_url=url, headers=_HEADERS, timeout=_TIMEOUT, **limits)
                await stack.enter_async_context(raw)

                async def call() -> object:
                    return (await raw.get(f"/api/v1/runs/{run_id}")).json()

                return call

            calls = {
                "ours": await make_call(),
                "ours on aiohttp": await make_call(httpx_aiohttp.HttpxAiohttpClient(limits=unlimited)),
                "ours on httpx2": await make_call(httpx2.AsyncClient()),
                "httpx without limits": await make_raw_call(limits=unlimited),
            }
            if in_flight == 50:
                calls["httpx"] = await make_raw_call()
            best = dict.fromkeys(calls, 0.0)
            for _ in range(_ROUNDS[in_flight]):
                for name, call in calls.items():
                    count = (_SLOW_CALLS if name.startswith("httpx") else _CALLS)[in_flight]
                    best[name] = max(best[name], await _measure_async_rate(call, count, in_flight))
            return best

    with peer.running() as url:
        return asyncio.run(measure(url))


def _measure_sync_rates(in_flight: int) -> dict[str, float]:
    """Return the calls per second of each synchronous client, in threads."""
    run_id = _get_run_id(in_flight)
    with peer.running() as url, ExitStack() as stack:
        raw = stack.enter_context(httpx.Client(base_url=url, headers=_HEADERS, timeout=_TIMEOUT))
        client = stack.enter_context(EigenpalClient(api_key="key", base_url=url, timeout_seconds=_TIMEOUT))
        threads = stack.enter_context(ThreadPoolExecutor(in_flight))

        def call_raw() -> object:
            while True:
                try:
                    return raw.get(f"/api/v1/runs/{run_id}").json()
                except httpx.TransportError:
                    continue  # with many threads, httpx sometimes closes a connection that is in use

        calls: dict[str, Callable[[], object]] = {
            "ours": lambda: client.runs.get(run_id),
            "httpx": call_raw,
        }
        best = dict.fromkeys(calls, 0.0)
        for _ in range(_ROUNDS[in_flight]):
            for name, call in calls.items():
                best[name] = max(best[name], _measure_rate(threads, call, _CALLS[in_flight], in_flight))
        return best


def _measure_rate(threads: ThreadPoolExecutor, call: Callable[[], object], calls: int, in_flight: int) -> float:
    left: Iterator[int] = iter(range(calls))

    def work(_: int) -> None:
        for _ in left:
            call()

    began = time.perf_counter()
    list(threads.map(work, range(in_flight)))
    return calls / (time.perf_counter() - began)


def _compare(rates: dict[str, float], load: str, ours: str, theirs: str, budget: float | None) -> Result:
    return Result(
        f"{load}, {ours} / {theirs}",
        f"{rates[ours]:.0f}/s",
        f"{rates[theirs]:.0f}/s",
        rates[ours] / rates[theirs],
        budget,
        at_least=True,
    )


def measure_concurrency() -> list[Result]:
    """The asynchronous client on each transport, against plain httpx."""
    budgets = {1: (0.95, None), 50: (5, None), 400: (15, 25)}
    results: list[Result] = []
    for in_flight, (ours, on_aiohttp) in budgets.items():
        rates = _measure_async_rates(in_flight)
        results.append(_compare(rates, f"{in_flight} in flight", "ours", "httpx without limits", ours))
        if in_flight == 50:
            results.append(_compare(rates, f"{in_flight} in flight", "ours", "httpx", 0.9))
        results.append(_compare(rates, f"{in_flight} in flight", "ours on aiohttp", "httpx without limits", on_aiohttp))
        results.append(_compare(rates, f"{in_flight} in flight", "ours on httpx2", "httpx without limits", None))
    return results


def measure_threads() -> list[Result]:
    """The synchronous client in threads, against plain httpx."""
    return [
        _compare(_measure_sync_rates(in_flight), f"{in_flight} threads", "ours", "httpx", budget)
        for in_flight, budget in ((1, 0.95), (50, 1), (400, 1.1))
    ]
