from __future__ import annotations

import pytest

from eigenpal._transport import lane_pool
from tests.support.event_loop import Kind


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Kind:
    kind: Kind = request.param
    return kind


@pytest.fixture(autouse=True)
def clear_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EIGENPAL_API_KEY", "EIGENPAL_BASE_URL", "EIGENPAL_LOG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kept_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep idle connections open, however long a busy machine takes between two calls."""
    monkeypatch.setattr(lane_pool, "KEEPALIVE_SECONDS", 600.0)
