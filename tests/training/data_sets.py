"""Data sets of any shape, place and size, to hold what is said of training to plain loops."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

data_sets = st.tuples(
    st.floats(0, 4.4),  # the mean of x, as a power of ten of its spread: a condition up to 1e9
    st.sampled_from([-1, 1]),
    st.floats(-3, 3),  # the power of ten of x's size
    st.floats(-3, 3),  # and of y's
    st.sampled_from([0.0, 0.01, 1.0]),  # noise
    st.integers(0, 1000),
)


def made(data):
    """Thirty points: z, which is x without its place and size, x and y."""
    far, sign, of_x, of_y, noise, seed = data
    random = np.random.default_rng(seed)
    z = random.uniform(-1, 1, 30)
    x = 10**of_x * (sign * (10**far - 1) + z)
    y = 10**of_y * (2 * z + noise * random.normal(size=30))
    return z, x, y
