"""How long the property tests look for a counter-example: shortly in the suite, `make soak` multiplies it."""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("SOAK", "1"))
"""`SOAK=100 pytest …` looks a hundred times as long."""


def looked_for(examples: int, **more: int) -> settings:
    """Settings for so many examples, times `SOAK`; how slow a machine is says nothing of what it finds."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=examples * TIMES, deadline=None, suppress_health_check=slow, **more)
