"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No test fails because the machine is slow, and none leaves a trace for another. In CI, the same examples every time.
settings.register_profile(
    "eigenpal",
    deadline=None,
    database=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("eigenpal")
