"""What holds for all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from eigenpal.testing._server import engine

# No test fails because the machine is slow, and none leaves a trace for another. In CI, the same examples every time.
settings.register_profile(
    "eigenpal",
    deadline=None,
    database=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("eigenpal")


@pytest.fixture(autouse=True)
def patient_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the embedded server wait for functions however late a busy machine gets to them."""
    monkeypatch.setattr(engine, "SETTLE_SECONDS", 60.0)
