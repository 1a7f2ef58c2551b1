"""Both engines reproduce what PyTorch's plainest loop computes, to 1e-12 relative."""

from __future__ import annotations

import numpy as np
import pytest

from gd_widget.data import own_points
from gd_widget.trainer import FIELDS, Trainer
from tests.golden import GOLDEN
from tests.golden.make_golden import make


@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_history_is_pytorchs(case, engine):
    trainer = Trainer(
        own_points(case["x"], case["y"]), lr=case["lr"], guess=case["guess"], engine=engine
    )
    expected = np.array(case["rows"])
    assert trainer.step(len(expected) - 1) == len(expected) - 1
    # Near the optimum a gradient and a perfect fit's loss are differences of nearly equal
    # numbers: what can be asked there is 1e-12 of the sizes that were subtracted.
    sizes = np.abs(expected).max(axis=0)
    for i, name in enumerate(FIELDS[:5]):
        np.testing.assert_allclose(
            trainer.history[name],
            expected[:, i],
            rtol=1e-12,
            atol=1e-12 * min(sizes[i], np.abs(expected[0, i])),
            err_msg=f"{name} of {case['name']!r} by {engine}",
        )


def test_golden_file_is_what_pytorch_says_today():
    for made, kept in zip(make(), GOLDEN, strict=True):
        assert made["name"] == kept["name"]
        np.testing.assert_allclose(made["rows"], kept["rows"], rtol=1e-12, atol=1e-12)


def test_the_lessons_figures():
    """The figures of the lesson, over 200 draws: see the table in the tutorial."""
    from gd_widget.data import make_line

    trainers = [Trainer(make_line(seed=seed), engine="numpy") for seed in range(200)]
    losses = {0: 7.67, 10: 1.44, 20: 0.43, 30: 0.17, 50: 0.088, 100: 0.082}
    for step, expected in losses.items():
        for trainer in trainers:
            trainer.step(step - trainer.n_steps)
        assert np.mean([t.loss for t in trainers]) == pytest.approx(expected, rel=0.05)
    assert np.mean([t.slope for t in trainers]) == pytest.approx(2.994, abs=0.02)
    assert np.mean([t.intercept for t in trainers]) == pytest.approx(2.5, abs=0.01)
    assert np.mean([t.bowl.critical_lr for t in trainers]) == pytest.approx(0.995, abs=0.003)
