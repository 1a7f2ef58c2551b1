"""Which of the names in the reader's code stand for what."""

from __future__ import annotations

import functools

import torch

from gd_widget.own_code import Update
from tests.own_code.lessons import Loop, X, Y, lesson, train

nn, F, optim = torch.nn, torch.nn.functional, torch.optim


def helper(): ...


def test_methods_partials_and_objects_have_a_name_a_source_and_a_rate():
    loop = Loop()
    for update, name in (
        (loop.update, "update()"),
        (functools.partial(Loop.update, loop), "update()"),
        (loop, "update()"),
        (lambda: None, "update()"),
        (torch.no_grad()(helper), "helper()"),
    ):
        outside = Update(update, loop.a)
        assert outside.name == name
        assert outside.code
    outside = Update(loop.update, loop.a)
    assert outside.code[0] == "def update(self):"
    outside.step(0, (-1.0, 1.0))
    assert outside.evidence[0].lr == 0.1


def test_an_optimizer_that_remembers_is_named_after_going_back_until_the_next_step():
    loop = Loop()
    trainer = train(loop.update, loop.a)

    def hidden() -> str:
        found = trainer.outside.diagnose(trainer.bowl)
        return "".join(one.details["optimizer"] for one in found if one.code == "forgotten")

    assert hidden() == ""
    trainer.step(5)
    assert hidden() == ""
    trainer.seek(2)
    assert hidden() == "Adam"
    trainer.step(1)
    assert hidden() == ""
    trainer.reset()
    assert hidden() == "Adam"
    loop.optimizer = optim.Adam([loop.a])
    assert hidden() == "", "a new one remembers nothing"


def test_optimizers_without_a_memory_and_code_without_one_are_not():
    a = nn.Parameter(torch.tensor([-1.0, 1.0]))
    optimizer = optim.SGD([a], lr=0.1)

    def update():
        optimizer.zero_grad()
        F.mse_loss(X @ a, Y).backward()
        optimizer.step()

    for trainer in (train(update, a), train(*lesson())):
        trainer.step(3)
        trainer.seek(1)
        assert trainer.outside.diagnose(trainer.bowl) == []
