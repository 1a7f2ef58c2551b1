"""What holds for all tests."""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, settings

# How many examples `make test`, `make quick` and `make soak` try. Nothing says how fast a machine
# must be, nor how busy it may be with other work.
for profile, max_examples in {"test": 200, "quick": 20, "soak": 10_000}.items():
    settings.register_profile(
        profile,
        max_examples=max_examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("test")


@pytest.fixture(scope="module", autouse=True)
def _what_is_there_stays() -> None:
    """Who has the collector look for garbage, has it look through what the file has made alone.

    By the end of a run there are a thousand times as many objects as a test makes.
    """
    gc.collect()
    gc.freeze()
