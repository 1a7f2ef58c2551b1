"""What holds for all tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Nothing here says how fast a machine must be, nor how busy it may be with other work.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")
