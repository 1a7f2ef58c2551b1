"""The table, against a plain list of rows."""

from __future__ import annotations

import sys
from bisect import bisect
from contextlib import contextmanager
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_widget.core.stretches import UNTOLD, Stretch
from gd_widget.core.table import Table, most_remembered

WIDTH = 6  # of two parameters
FIRST = (0.0,) * WIDTH

# What makes a row: a name, and how many numbers it remembers. Two remember none, one so many that
# they are kept after every third step.
PLANS = {"a": 0, "b": 2, "c": 5, "d": 0, "long": 40}

commands = st.one_of(
    st.tuples(st.just("append"), st.sampled_from([*PLANS]), st.integers(1, 4)),
    st.tuples(st.just("cut"), st.floats(0, 1), st.none()),
)


def stretch_after(made, plan):
    """As the trainer makes them: the last one again, or a new one."""
    last = made[-1][2] if made else None
    if last is not None and last.plan == {"optimizer": plan}:
        return last._replace()  # equal, but not the same object: what it says is what counts
    step = len(made) + 1
    epoch = last.epoch_at(len(made)) if last else 0.0
    return Stretch(step, {"optimizer": plan}, epoch, batch=step, per_epoch=len(plan) + step % 3)


@given(st.lists(commands, max_size=20), st.data())
def test_the_table_holds_what_a_plain_list_would(course, data):
    table = Table(FIRST)
    made = []  # row, memory and stretch of each step from 1 on
    for n, (command, value, count) in enumerate(course):
        if command == "append":
            stretch = stretch_after(made, value)
            for i in range(count):
                row = tuple(100 * n + 10 * i + np.arange(WIDTH))
                memory = [n + i / 10] * PLANS[value]
                table.append(row, memory, stretch)
                made.append((row, memory, stretch))
        else:
            step = round(value * len(made))
            table.cut_after(step)
            del made[step:]

        assert len(table) == 1 + len(made)
        rows = [FIRST, *(row for row, *_ in made)]
        every_step = [len(memory) <= most_remembered(2) for _, memory, _ in made]
        memories = [[], *(m if len(m) <= most_remembered(2) else [] for _, m, _ in made)]
        stretches = [None, *(stretch for *_, stretch in made)]
        for step in range(len(rows)):
            assert tuple(table.row(step)) == rows[step]
            assert table.memory(step).tolist() == memories[step]
            assert table.stretch_at(step) == stretches[step]
            known, memory = table.known_memory(step)
            if step == 0 or every_step[step - 1]:
                assert (known, memory.tolist()) == (step, memories[step])
            elif memory is None:  # none is kept since before the rule's first step in a row
                assert step - known < 3
                assert known == 0 or made[known - 1][2].plan != stretches[step].plan
                assert all(made[i][2].plan == stretches[step].plan for i in range(known, step))
            else:
                assert step - known < 3
                assert memory.tolist() == made[known - 1][1]
                assert stretches[known].plan == stretches[step].plan

        start = data.draw(st.integers(0, len(rows) - 1))
        stop = data.draw(st.integers(start + 1, len(rows)))
        assert table.rows(start, stop).tolist() == [list(row) for row in rows[start:stop]]
        width = max(map(len, memories[start:stop]))
        assert table.memory_width(start, stop) == width

        steps = np.array(sorted(data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1))))
        assert table.rows_at(steps).tolist() == [list(rows[step]) for step in steps]
        epochs = [stretches[step].epoch_at(step) if step else 0 for step in steps]
        assert table.epochs(steps).tolist() == epochs
        told = table.stretches_of(steps)
        between = [one for one, _ in groupby(stretches[max(1, steps[0]) : steps[-1] + 1])]
        assert told == between or len(between) > len(steps)
        for step in steps:
            assert [None, *told][bisect([one.step for one in told], step)] == stretches[step]
        width = max(len(memories[step]) for step in steps)
        filled = [memories[step] + [0] * (width - len(memories[step])) for step in steps]
        assert table.memories_at(steps).tolist() == filled


def test_cutting_after_the_last_row_keeps_all():
    table = Table(FIRST)
    table.append(FIRST, (1, 2), Stretch(1, {"optimizer": "b"}))
    table.cut_after(1)
    assert (len(table), table.memory(1).tolist()) == (2, [1, 2])


def test_a_stretch_says_what_made_it_and_how_far_it_was():
    stretch = Stretch(4, {"optimizer": "gd", "lr": 0.1}, epoch=1.5, batch=3, per_epoch=2)
    assert stretch.as_json() == {"step": 4, "epoch": 1.5, "batch": 3, "optimizer": "gd", "lr": 0.1}
    assert [stretch.epoch_at(step) for step in (4, 5)] == [2, 2.5]


def test_what_was_read_stays_as_it_was_and_the_table_can_grow():
    table = Table(FIRST)
    rows, some = table.rows(0, 1), table.rows_at(np.array([0]))
    table.append((1.0,) * WIDTH, (), Stretch(1, {"optimizer": "a"}))
    rows[:] = some[:] = 7
    assert table.row(0).tolist() == list(FIRST)


@given(st.lists(st.one_of(st.integers(0, 9), st.just("cut")), max_size=30), st.integers(0, 9))
def test_the_first_loss_below_is_found_whatever_was_asked_and_cut_before(course, limit):
    table, losses = Table([0.0, 0.0, 9.5, 0.0, 0.0, 0.0]), [9.5]
    for one in course:
        if one == "cut":
            losses = losses[: len(losses) // 2 + 1]
            table.cut_after(len(losses) - 1)
        else:
            losses.append(one)
            table.append([0.0, 0.0, one, 0.0, 0.0, 0.0], (), Stretch(1, {"optimizer": "a"}))
        expected = next((i for i, loss in enumerate(losses) if loss <= limit), None)
        assert table.first_below(limit) == expected


def test_of_more_stretches_than_rows_those_that_made_none_of_them_are_left_out():
    table = Table(FIRST)
    for step in range(1, 101):
        table.append(FIRST, (), Stretch(step, {"optimizer": "gd", "lr": step}))
    told = table.stretches_of(np.array([0, 50, 51, 100]))
    assert [(one.step, one.plan.get("lr")) for one in told] == [
        *[(1, None), (50, 50), (51, 51)],
        *[(52, None), (100, 100)],
    ]
    assert told[0].plan == told[3].plan == UNTOLD


@contextmanager
def interrupt(function, line):
    """A KeyboardInterrupt before so many lines of a function have run."""
    left = iter(range(line, -1, -1))

    def trace(frame, event, _):
        if event == "call":
            return trace if frame.f_code is function.__code__ else None
        if event == "line" and next(left, None) == 0:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


def put(table, step, plan):
    """As the trainer does: the row of a step, in place of whatever stands there."""
    table.cut_after(step - 1)
    last = table.stretch_at(step - 1)
    is_same = last is not None and last.plan == {"optimizer": plan}
    stretch = last if is_same else Stretch(step, {"optimizer": plan})
    table.append((float(step),) * WIDTH, [step] * PLANS[plan], stretch)


@pytest.mark.parametrize("function", [Table.append, Table.cut_after])
@pytest.mark.parametrize(
    ("plan", "step"),
    [("b", 6), ("c", 6), ("b", 3), ("c", 3), ("a", 2), ("long", 6), ("long", 4)],
)
def test_an_interrupt_anywhere_leaves_a_table_that_can_be_gone_on_with(function, plan, step):
    """The rows up to a step stand, and what comes next is as if nothing had happened."""
    interrupted = 0
    for line in range(100):
        table, expected = Table(FIRST), Table(FIRST)
        for one in (table, expected):
            for made in range(1, 6):
                put(one, made, "b" if made < 4 else "long" if plan == "long" else "c")
        try:
            with interrupt(function, line):
                put(table, step, plan)
        except KeyboardInterrupt:
            interrupted += 1
            if len(table) <= step or table.stretch_at(step).plan != {"optimizer": plan}:
                put(table, step, plan)
        else:
            break
        put(expected, step, plan)
        for one in (table, expected):
            put(one, step + 1, plan)
            put(one, step + 2, "a")
        assert [table.row(i) for i in range(step + 3)] == [expected.row(i) for i in range(step + 3)]
        assert table.stretches == expected.stretches
        assert [table.memory(i) for i in range(step + 3)] == [
            expected.memory(i) for i in range(step + 3)
        ]
        for i in range(step + 3):
            assert table.known_memory(i) == expected.known_memory(i)
    assert interrupted >= 2
