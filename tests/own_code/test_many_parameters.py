"""The reader's code with more parameters than a line has: what is judged, and how it is said."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gd_widget.core.quadratic import Quadratic
from gd_widget.own_code import Recorder, Update
from gd_widget.own_code.parameters import Parameters
from gd_widget.words.sentence import sentence
from tests.own_code.right_code import RIGHT
from tests.own_code.wrong_code import WRONG

nn, F = torch.nn, torch.nn.functional

SOON = 6
"""Steps after which a mistake has been found."""


class Design:
    """What a Lesson has, of d parameters, the last of which is the intercept."""

    def __init__(self, d: int, dtype=torch.float32):
        rng = np.random.default_rng(d)
        x = np.column_stack([rng.uniform(-1, 1, (100, d - 1)), np.ones(100)])
        y = x @ rng.normal(0, 2, d) + rng.normal(0, 0.2, 100)
        self.bowl = Quadratic.of_design(x, y, d - 1)
        self.x, self.y = torch.tensor(x).to(dtype), torch.tensor(y).to(dtype)
        self.a = nn.Parameter(torch.zeros(d, dtype=dtype))
        self.lr = 0.1 * self.bowl.critical_lr
        self.names = [*(f"x{i}" for i in range(1, d)), "intercept"]


def found_in(update: Update, bowl: Quadratic, steps: int) -> list[str]:
    """The code of what is found first after each of so many steps, "" for nothing."""
    params, codes = update.params, []
    for step in range(steps):
        params, _ = update.step(step, params)
        codes.append("".join(one.code for one in update.diagnose(bowl)[:1]))
        if not np.isfinite(params).all():
            break
    return codes


@pytest.mark.parametrize("d", [3, 10])
@pytest.mark.parametrize(
    "name",
    [
        *("emptied_after", "emptied_before", "gradient_thrown_away", "gradient_asked_for"),
        *("step_before_backward", "sgd", "sgd_momentum", "adam", "adam_of_a_sum", "lbfgs"),
        *("shuffled_batches", "by_hand_in_tensors", "gradient_collected_in_two_calls", "clipped"),
        *("rate_that_decays", "a_little_decay", "newton", "absolute_errors"),
    ],
)
def test_right_code_is_left_alone(name, d):
    torch.manual_seed(0)
    t = Design(d)
    update, params = RIGHT[name](t)
    assert set(found_in(Update(update, params, t.names), t.bowl, 40)) == {""}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=["float32", "float64"])
@pytest.mark.parametrize("d", [3, 10])
@pytest.mark.parametrize(
    "name",
    [
        *("as_the_post_prints_it", "without_backward", "not_emptied", "adam_not_emptied"),
        *("plus", "negative_loss", "column_of_y", "total", "half", "too_fast"),
        *("nan_in_the_data", "new_leaf"),
    ],
)
def test_a_mistake_is_found(name, d, dtype):
    torch.manual_seed(0)
    make, mistake, _ = WRONG[name]
    t = Design(d, dtype)
    update = Update(*make(t), t.names)
    codes = found_in(update, t.bowl, 12)
    begins = codes.index(mistake.__name__)
    assert begins < SOON and set(codes[begins:]) == {mistake.__name__}
    assert sentence(update.diagnose(t.bowl)[0])


def test_details_have_a_number_for_each_parameter_and_sentences_some():
    t = Design(10)
    make, _, _ = WRONG["not_emptied"]
    update = Update(*make(t), t.names)
    found_in(update, t.bowl, 3)
    (found,) = update.diagnose(t.bowl)
    leftover = found.details["leftover"]
    assert len(leftover) == len(found.details["grad"]) == 10
    first, last = (
        ", ".join(f"{one:.3g}" for one in some) for some in (leftover[:3], leftover[-2:])
    )
    assert f"a.grad still held ({first}, …, {last}) from the step before" in sentence(found)


def test_a_start_at_the_best_fit_is_found():
    t = Design(3)
    with torch.no_grad():
        t.a.copy_(torch.tensor(t.bowl.least_squares))
    update = Update(*RIGHT["emptied_after"](t), t.names)
    (found,) = update.diagnose(t.bowl)
    assert found.code == "started_at_best"
    assert "which is near the best fit" in sentence(found)


def test_a_loop_hands_over_any_number_of_parameters():
    t = Design(3)
    recorder = Recorder(t.names)
    for step in range(6):
        recorder.record(step, t.a)
        F.mse_loss(t.x @ t.a, t.y).backward()
    (found,) = recorder.diagnose(t.bowl)
    assert (found.code, found.details["cause"]) == ("never_moves", "no_step")
    assert Recorder(t.names).record(0, (1, 2, 3)) == (1.0, 2.0, 3.0)


def test_going_back_puts_back_parameters_and_gradients():
    t = Design(3)
    make, _, _ = WRONG["not_emptied"]
    update = Update(*make(t), t.names)
    rows = [update.params]
    for step in range(8):
        rows.append(update.step(step, rows[-1])[0])
    update.go_to(3, rows[3])
    assert update.params == rows[3]
    again = [rows[3]]
    for step in range(3, 8):
        again.append(update.step(step, again[-1])[0])
    assert again == rows[3:]


def test_parameters_live_in_a_model_in_the_order_of_its_columns():
    model = nn.Linear(2, 1)
    params = Parameters(model, ("rooms", "age", "intercept"))
    params.write((1.0, 2.0, 3.0))
    assert model.weight.tolist() == [[1.0, 2.0]] and model.bias.tolist() == [3.0]
    assert params.read() == (1.0, 2.0, 3.0) and len(params) == 3


def test_other_numbers_of_parameters_are_refused():
    rule = (
        "params must be what holds the 3 parameters and is changed in place: a float tensor, "
        "nn.Parameter or array of 3 values, model.parameters(), or a model with 3; got"
    )
    for wrong in (np.zeros(2), nn.Linear(1, 1), [np.zeros(1)] * 4, iter(lambda: np.zeros(1), None)):
        with pytest.raises(ValueError, match="params must be what holds the 3") as refused:
            Parameters(wrong, ("rooms", "age", "intercept"))
        assert str(refused.value).startswith(rule)
    with pytest.raises(ValueError, match="params must be 3 finite numbers"):
        Update(lambda: None, np.array([1.0, 2.0, np.nan]), ("rooms", "age", "intercept"))
    with pytest.raises(ValueError, match=r"what holds slope .* array of one value, .* with one"):
        Parameters(np.zeros(2), ["slope"])
