"""Each thing that a user can set is said once, and all that names it again agrees."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from gd_widget import GDWidget, make_line
from gd_widget.core.settings import DATA_SETTINGS, RULE_SETTINGS, SETTINGS, WIDGET_SETTINGS
from gd_widget.traits import Settable

NO_SETTINGS = {"x", "y", "update", "params", "ask", "keep"}
"""Arguments that are data, or code, or questions and where answers are kept."""

SAID_BY_THE_DATA = {"x_label", "y_label", "lr"}
"""Where nothing is said, the columns' names, and the rate that suits a function."""


def arguments_of(function):
    parameters = inspect.signature(function).parameters.values()
    return {p.name: p.default for p in parameters if p.default is not p.empty}


def test_the_arguments_of_the_widget_are_the_settings_and_have_their_defaults():
    arguments = arguments_of(GDWidget)
    names = [name for name in arguments if name not in NO_SETTINGS]
    assert names == [name for name in SETTINGS if name != "playing"]
    for name in names:
        expected = None if name in SAID_BY_THE_DATA else SETTINGS[name].checked(arguments[name])
        assert SETTINGS[name].default == expected or arguments[name] is expected, name


def test_the_arguments_of_make_line_are_the_settings_of_data():
    expected = {name: setting.default for name, setting in DATA_SETTINGS.items()}
    assert expected.pop("validation") is None  # which says what is done with them
    assert arguments_of(make_line) == expected


USUAL = {"guess": (-1.0, 1.0), "panels": ["fit", "surface", "loss", "code"]}
"""What follows from the model, where nothing is said."""


def test_directions_are_shown_where_there_are_some_that_stay():
    x, y = np.arange(8.0).reshape(4, 2) ** 2, [0, 1, 0, 1]
    for loss, is_shown in (("mse", True), ("cross_entropy", False), (["huber", "mse"], True)):
        w = GDWidget(x, y, loss=loss, engine="numpy")
        assert ("directions" in w.panels) == is_shown
        usual, w.panels = w.panels, ["directions"]
        w.panels = None
        assert w.panels == usual


def test_the_traits_that_can_be_set_are_the_settings_of_rules_and_of_the_widget():
    traits = GDWidget.class_traits()
    settable = {name: trait for name, trait in traits.items() if isinstance(trait, Settable)}
    expected = {**RULE_SETTINGS, **WIDGET_SETTINGS}
    del expected["engine"]
    assert settable.keys() == expected.keys()
    w = GDWidget()
    for name, setting in expected.items():
        assert settable[name].help == setting.help
        assert getattr(w, name) == USUAL.get(name, setting.default)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_default_is_what_its_check_makes_of_it(setting):
    checked = setting.checked(setting.default)
    assert checked == setting.default
    assert type(checked) is type(setting.default)


@pytest.mark.parametrize("name", SETTINGS)
def test_an_error_names_the_setting(name):
    with pytest.raises(ValueError, match=f"^{name} must be "):
        SETTINGS[name].checked(object() if name != "optimizer" else "sgd")


def test_runs_may_differ_in_their_rates_and_rules_alone():
    assert {name for name, setting in SETTINGS.items() if setting.per_run} == {
        "loss",
        "lr",
        "optimizer",
    }
    assert SETTINGS["lr"].checked((1, 2)) == [1.0, 2.0]
    assert SETTINGS["lr"].checked([0.5]) == 0.5
    with pytest.raises(ValueError, match=r"^lr must be a positive number; got -1"):
        SETTINGS["lr"].checked([0.1, -1])
    with pytest.raises(ValueError, match="^momentum must be"):
        SETTINGS["momentum"].checked([0.1, 0.2])
