"""Rows that are looked at before they are asked for are made once."""

from __future__ import annotations

from gd_widget.data.make_line import make_line
from gd_widget.training.coming import Coming
from gd_widget.training.trainer import Trainer


def test_what_was_looked_at_comes_next_in_its_order():
    made, asked = [], []

    def rows():
        for i in range(100):
            made.append(i)
            yield [float(i)], ()

    def is_small(row):
        asked.append(row[0])
        return row[0] < 7

    coming = Coming(rows())
    assert coming.all(is_small, 5) and made == [0, 1, 2, 3, 4] == asked
    assert [next(coming)[0][0] for _ in range(2)] == [0, 1]
    assert coming.all(is_small, 5) and asked == [0, 1, 2, 3, 4, 5, 6]
    assert not coming.all(is_small, 6)
    assert [row[0] for row, _ in coming] == list(range(2, 100)) and made == list(range(100))


def test_training_goes_on_as_if_nobody_had_looked():
    looked, other = (Trainer(make_line(), engine="numpy", optimizer="adam") for _ in range(2))
    for _ in range(40):
        looked.step(25)
        assert isinstance(looked.converged, bool)
    other.step(1000)
    assert looked.converged
    assert (looked.rows() == other.rows()).all()
    looked.seek(500)
    looked.set(lr=0.2)
    other.seek(500)
    other.set(lr=0.2)
    looked.step(100)
    other.step(100)
    assert (looked.rows() == other.rows()).all()
