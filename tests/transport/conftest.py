from __future__ import annotations

import httpx
import pytest

from eigenpal._transport import connections

from .harness import Kind


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EIGENPAL_API_KEY", "EIGENPAL_BASE_URL", "EIGENPAL_LOG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kept_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let idle connections stay open, however long a loaded machine takes from one call to the next."""
    kept: httpx.Limits = vars(connections)["_LIMITS"]
    monkeypatch.setattr(
        connections,
        "_LIMITS",
        httpx.Limits(
            max_connections=kept.max_connections,
            max_keepalive_connections=kept.max_keepalive_connections,
            keepalive_expiry=600.0,
        ),
    )
