"""What the tests of `run_many` share: both clients, and a server that does not honor idempotency keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eigenpal.testing import Clock, EigenpalServer

from .clients import KINDS, Kind


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def server() -> Iterator[EigenpalServer]:
    with EigenpalServer(idempotency=False, clock=Clock(frozen=True)) as server:
        yield server
