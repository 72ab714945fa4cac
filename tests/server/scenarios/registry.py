"""The table of scenarios, and what several of them use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..blocking_client import ServerAndClient

FAST = {"poll_interval_seconds": 0.01}
INVOICE = {"content": b"Invoice No: A-17\nTotal: EUR 12.50\n", "filename": "invoice.txt"}


class Scenario(NamedTuple):
    function: Callable[[ServerAndClient], None]
    methods: frozenset[str]


SCENARIOS: dict[str, Scenario] = {}


def scenario(*methods: str) -> Callable[[Callable[[ServerAndClient], None]], Callable[[ServerAndClient], None]]:
    """Register a scenario, with the client methods that it calls."""

    def enter(function: Callable[[ServerAndClient], None]) -> Callable[[ServerAndClient], None]:
        SCENARIOS[function.__name__] = Scenario(function, frozenset(methods))
        return function

    return enter


def echo(input: dict[str, Any]) -> dict[str, Any]:
    return input
