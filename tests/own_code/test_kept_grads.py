"""What .grad held at each row."""

from __future__ import annotations

from tests.own_code.lessons import lesson, train


def test_going_back_puts_back_the_gradient_that_code_without_zero_grad_adds_to():
    update, a = lesson(emptied=False)
    trainer = train(update, a)
    trainer.step(8)
    rows = trainer.rows()
    trainer.seek(3)
    trainer.step(5)
    assert (trainer.rows()[:, :2] == rows[:, :2]).all()
    trainer.reset()
    trainer.step(8)
    assert (trainer.rows()[:, :2] == rows[:, :2]).all()
