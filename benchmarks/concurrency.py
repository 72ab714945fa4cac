"""Calls per second with 1, 50 and 400 calls in flight, over plain HTTP to `benchmarks.peer`.

With one call in flight the peer answers at once, otherwise after 20 ms. The clients take turns. In each of its turns a
client is new: it opens its connections in a first measurement, and has them in a second. They are not mixed, because
the pool of httpx is slowest while it opens many connections.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from functools import partial
from statistics import median
from typing import Any, NamedTuple, TypeAlias

import httpx

from benchmarks import peer
from benchmarks.measurement import Result
from eigenpal import AsyncEigenpalClient, EigenpalClient

Call: TypeAlias = Callable[[], object]
AsyncCall: TypeAlias = Callable[[], Awaitable[object]]

_TIMEOUT = 120.0
_HEADERS = {"Authorization": "Bearer key"}
_ROUNDS = {1: 50, 50: 5, 400: 3}
_CALLS = {1: 40, 50: 1000, 400: 2000}
# Those that take quadratic time.
_SLOW_CALLS = {1: 40, 50: 500, 400: 800}


class _Rates(NamedTuple):
    """Calls per second of a client, in each round."""

    new: list[float]
    """While it opens its connections."""
    warm: list[float]
    """With the connections that it has opened."""


def _get_path(in_flight: int) -> str:
    return "run_w01" if in_flight == 1 else "slow"


def _count_calls(name: str, in_flight: int) -> int:
    return (_SLOW_CALLS if name.startswith("httpx") else _CALLS)[in_flight]


# --- asynchronous -----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def _open_async_client(run_id: str, url: str, http_client: Any) -> AsyncGenerator[AsyncCall, None]:
    async with AsyncEigenpalClient(
        api_key="key", base_url=url, http_client=http_client, timeout_seconds=_TIMEOUT
    ) as client:
        yield lambda: client.runs.get(run_id)
    if http_client is not None:
        await http_client.aclose()


@asynccontextmanager
async def _open_async_httpx(run_id: str, url: str, limits: dict[str, Any]) -> AsyncGenerator[AsyncCall, None]:
    async with httpx.AsyncClient(base_url=url, headers=_HEADERS, timeout=_TIMEOUT, **limits) as raw:

        async def call() -> object:
            return (await raw.get(f"/api/v1/runs/{run_id}")).json()

        yield call


async def _measure_async_rate(call: AsyncCall, calls: int, in_flight: int) -> float:
    left: Iterator[int] = iter(range(calls))

    async def work() -> None:
        for _ in left:
            await call()

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(in_flight)))
    return calls / (time.perf_counter() - began)


def _measure_async_rates(in_flight: int) -> dict[str, _Rates]:
    import httpx2
    import httpx_aiohttp

    async def measure(url: str) -> dict[str, _Rates]:
        unlimited = httpx.Limits(max_connections=None)
        open_ours = partial(_open_async_client, _get_path(in_flight), url)
        open_httpx = partial(_open_async_httpx, _get_path(in_flight), url)
        clients: dict[str, Callable[[], AbstractAsyncContextManager[AsyncCall]]] = {
            "ours": lambda: open_ours(None),
            "ours on aiohttp": lambda: open_ours(httpx_aiohttp.HttpxAiohttpClient(limits=unlimited)),
            "ours on httpx2": lambda: open_ours(httpx2.AsyncClient()),
            "unlimited httpx": lambda: open_httpx({"limits": unlimited}),
        }
        if in_flight == 50:
            clients["httpx"] = lambda: open_httpx({})
        rates = {name: _Rates([], []) for name in clients}
        for _ in range(_ROUNDS[in_flight]):
            for name, open_client in clients.items():
                async with open_client() as call:
                    for values in rates[name]:
                        values.append(await _measure_async_rate(call, _count_calls(name, in_flight), in_flight))
        return rates

    with peer.running() as url:
        return asyncio.run(measure(url))


# --- synchronous ------------------------------------------------------------------------------------------------------


@contextmanager
def _open_sync_client(run_id: str, url: str) -> Generator[Call, None, None]:
    with EigenpalClient(api_key="key", base_url=url, timeout_seconds=_TIMEOUT) as client:
        yield lambda: client.runs.get(run_id)


@contextmanager
def _open_sync_httpx(run_id: str, url: str) -> Generator[Call, None, None]:
    with httpx.Client(base_url=url, headers=_HEADERS, timeout=_TIMEOUT) as raw:

        def call() -> object:
            while True:
                try:
                    return raw.get(f"/api/v1/runs/{run_id}").json()
                except httpx.TransportError:
                    continue  # with many threads, httpx sometimes closes a connection that is in use

        yield call


def _measure_rate(threads: ThreadPoolExecutor, call: Call, calls: int, in_flight: int) -> float:
    left: Iterator[int] = iter(range(calls))

    def work(_: int) -> None:
        for _ in left:
            call()

    began = time.perf_counter()
    list(threads.map(work, range(in_flight)))
    return calls / (time.perf_counter() - began)


def _measure_sync_rates(in_flight: int) -> dict[str, _Rates]:
    clients: dict[str, Callable[[str, str], AbstractContextManager[Call]]] = {
        "ours": _open_sync_client,
        "httpx": _open_sync_httpx,
    }
    rates = {name: _Rates([], []) for name in clients}
    with peer.running() as url, ThreadPoolExecutor(in_flight) as threads:
        for _ in range(_ROUNDS[in_flight]):
            for name, open_client in clients.items():
                with open_client(_get_path(in_flight), url) as call:
                    for values in rates[name]:
                        values.append(_measure_rate(threads, call, _CALLS[in_flight], in_flight))
    return rates


# --- results ----------------------------------------------------------------------------------------------------------


def _compare(
    load: str,
    rates: Mapping[str, _Rates],
    ours: str,
    theirs: str,
    new: float | None = None,
    warm: float | None = None,
) -> list[Result]:
    """Return the results for new and for open connections, with these budgets."""
    results: list[Result] = []
    for our_rates, their_rates, phase, budget in zip(
        rates[ours], rates[theirs], ("new", "warm"), (new, warm), strict=True
    ):
        ratio = median(one / other for one, other in zip(our_rates, their_rates, strict=True))
        name = f"{load}, {phase}, {ours} / {theirs}"
        our_rate, their_rate = f"{median(our_rates):.0f}/s", f"{median(their_rates):.0f}/s"
        results.append(Result(name, our_rate, their_rate, ratio, budget, at_least=True))
    return results


def measure_concurrency() -> list[Result]:
    """The asynchronous client on each transport, against plain httpx."""
    one, fifty, many = map(_measure_async_rates, (1, 50, 400))
    raw = "unlimited httpx"
    return [
        *_compare("1 in flight", one, "ours", raw, warm=0.95),
        *_compare("1 in flight", one, "ours on aiohttp", raw),
        *_compare("1 in flight", one, "ours on httpx2", raw),
        *_compare("50 in flight", fifty, "ours", raw, new=5, warm=5),
        *_compare("50 in flight", fifty, "ours", "httpx", new=0.9, warm=0.9),
        *_compare("50 in flight", fifty, "ours on aiohttp", raw),
        *_compare("50 in flight", fifty, "ours on httpx2", raw),
        *_compare("400 in flight", many, "ours", raw, new=15),
        *_compare("400 in flight", many, "ours on aiohttp", raw, new=25),
        *_compare("400 in flight", many, "ours on httpx2", raw),
    ]


def measure_threads() -> list[Result]:
    """The synchronous client in threads, against plain httpx."""
    one, fifty, many = map(_measure_sync_rates, (1, 50, 400))
    return [
        *_compare("1 thread", one, "ours", "httpx", warm=0.95),
        *_compare("50 threads", fifty, "ours", "httpx", new=1, warm=1),
        *_compare("400 threads", many, "ours", "httpx", new=1.1, warm=1.1),
    ]
