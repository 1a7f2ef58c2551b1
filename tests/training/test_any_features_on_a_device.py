"""The engine that trains where tensors are, on any number of parameters."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gd_widget.core.rules import RULES
from gd_widget.training.engines import on_device
from gd_widget.training.trainer import Trainer
from tests.examples import examples


class FeaturesThere:
    """The rows of a design matrix as tensors."""

    engines = ("torch",)
    are_held = True
    held = None

    def __init__(self, data):
        self.x, self.y = torch.tensor(data.x), torch.tensor(data.y)
        self.names, self.bowl = data.names, data.bowl

    def __len__(self):
        return len(self.y)


@pytest.fixture(params=["few", "many"])
def how_many(request, monkeypatch):
    """As a design matrix that is kept, and as data that are gone through in chunks."""
    if request.param == "many":
        monkeypatch.setattr(on_device, "FEW", 0)
        monkeypatch.setattr("gd_widget.data.tensor_points.CHUNK", 50)


@pytest.mark.parametrize("batch_size", [None, 8])
@pytest.mark.parametrize("optimizer", RULES)
@pytest.mark.parametrize("d", [1, 3, 10])
def test_its_numbers_are_those_of_data_in_memory(d, optimizer, batch_size, how_many):
    data = examples(d, intercept=d - 1)
    settings = {"optimizer": optimizer, "lr": 0.1 * data.bowl.critical_lr, "guess": (4.0,) * d}
    if "batch_size" in RULES[optimizer].settings:
        settings["batch_size"] = batch_size
    here = Trainer(data, engine="torch", **settings)
    away = Trainer(FeaturesThere(data), **settings)
    for trainer in (here, away):
        trainer.step(min(20, d) if RULES[optimizer].decides else 20)
    np.testing.assert_allclose(away.rows(), here.rows(), rtol=1e-11, atol=1e-11)
    if not RULES[optimizer].decides:
        memories = [np.array(trainer.table.memory(20)) for trainer in (here, away)]
        np.testing.assert_allclose(*memories, rtol=1e-11, atol=1e-11)


def test_an_optimizer_of_pytorchs_trains_there_too():
    data = examples(3)
    here = Trainer(data, optimizer=torch.optim.SGD, lr=0.1)
    away = Trainer(FeaturesThere(data), optimizer=torch.optim.SGD, lr=0.1)
    for trainer in (here, away):
        trainer.step(10)
    np.testing.assert_allclose(away.rows(), here.rows(), rtol=1e-12)
