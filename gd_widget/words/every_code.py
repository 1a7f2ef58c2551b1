"""The function that makes a sentence of each code's details."""

from __future__ import annotations

from collections.abc import Callable

from gd_widget.core.diagnosis import CODES
from gd_widget.words import (
    data,
    errors,
    slips_of_code,
    slips_of_mathematics,
    slips_of_scale,
    training,
)

FILES = training, data, slips_of_code, slips_of_mathematics, slips_of_scale, errors

SENTENCES: dict[str, Callable[..., str]] = {
    code: function for file in FILES for code, function in vars(file).items() if code in CODES
}
