from __future__ import annotations

import pytest

from .harness import Kind


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EIGENPAL_API_KEY", "EIGENPAL_BASE_URL", "EIGENPAL_LOG"):
        monkeypatch.delenv(name, raising=False)
