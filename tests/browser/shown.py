"""A GDWidget on a page without a kernel, as a person sees and uses it, in any engine."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np
import torch

from gd_widget.data.points import Points
from tests.browser.place import Place

COLUMNS = ["step", "slope", "intercept", "loss", "grad_slope", "grad_intercept", "lr"]
STEP = ".gd-widget .value.step"

CATCH_FILES = """() => {
  globalThis.caught = [];
  const makeAddress = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    blob.text().then((text) => caught.push(text));
    return makeAddress.call(URL, blob);
  };
  HTMLAnchorElement.prototype.click = () => {};
}"""
"""What the page would have the browser save is kept, and nothing is saved."""

SAME_FOR_A_WHILE = """async (selector) => {
  const seen = new Set();
  for (let i = 0; i < 20; i++) {
    await nextFrame();
    seen.add(find(selector).textContent);
  }
  return [...seen];
}"""


@dataclass(frozen=True)
class Shown:
    """The first widget in a place."""

    place: Place

    @property
    def step(self) -> int:
        """The step shown."""
        return int(self.place.text(STEP).replace(",", ""))

    def number(self, name: str) -> float:
        """One of the numbers of the read-out."""
        return float(self.place.text(f".gd-widget .value.{name}").replace("−", "-"))

    def wait_for_step(self, step: int) -> None:
        """Until this step is shown."""
        self.place.wait_for("(s, step) => find(s)?.textContent === step", STEP, f"{step:,}")

    def wait_for_step_beyond(self, step: int) -> None:
        """Until playing has gone beyond a step."""
        is_beyond = "(s, step) => Number(find(s)?.textContent.replaceAll(',', '')) > step"
        self.place.wait_for(is_beyond, STEP, step)

    def wait_for_button(self, name: str) -> None:
        """Until there is a button of this name."""
        self.place.wait_for("(name) => named(name) !== null", name)

    def open(self, name: str) -> None:
        """Press what shows more, unless it is shown."""
        if self.place.wait_for("(name) => named(name)?.ariaExpanded", name) == "false":
            self.place.click(name)

    def stands_still(self) -> bool:
        """Whether the step stays the same for some frames."""
        return len(self.place.call(SAME_FOR_A_WHILE, STEP)) == 1

    def history(self) -> np.ndarray:
        """All rows, shape (n_rows, 7), as the save menu saves them."""
        header, *lines = self.saved_history()
        assert header == [*COLUMNS, "epoch"]
        return np.array(lines, dtype=np.float64)[:, : len(COLUMNS)]

    def histories(self) -> dict[str, np.ndarray]:
        """The same of a race, by the names of its runs, with the epoch as an eighth column."""
        header, *lines = self.saved_history()
        assert header == ["run", *COLUMNS, "epoch"]
        names = dict.fromkeys(name for name, *_ in lines)
        return {
            name: np.array([line[1:] for line in lines if line[0] == name], dtype=np.float64)
            for name in names
        }

    def saved_history(self) -> list[list[str]]:
        """The header and the lines of the history, as the save menu saves them."""
        self.place.call(CATCH_FILES)
        self.open("More")
        self.place.click("Save")
        self.place.click("Save history as CSV")
        return list(csv.reader(io.StringIO(self.place.wait_for("() => caught[0] ?? null"))))


def torch_history(rows: np.ndarray, points: Points) -> np.ndarray:
    """The same history by PyTorch: the first row's line, trained at the rates the rows name."""
    x, y = torch.tensor(points.x), torch.tensor(points.y)
    params = torch.tensor(rows[0, 1:3], requires_grad=True)
    history = []
    for step, lr in enumerate(rows[:, 6].tolist()):
        if step > 0:
            with torch.no_grad():
                params -= lr * params.grad
            params.grad = None
        loss = ((params[0] * x + params[1] - y) ** 2).mean()
        loss.backward()
        history.append([step, *params.tolist(), loss.item(), *params.grad.tolist(), lr])
    return np.array(history)


def assert_true(rows: np.ndarray, points: Points) -> None:
    """That every number is PyTorch's, but for the last bits."""
    expected = torch_history(rows, points)
    for i, name in enumerate(COLUMNS):
        size = np.abs(expected[:, i]).max()
        np.testing.assert_allclose(
            rows[:, i], expected[:, i], rtol=1e-12, atol=1e-12 * size, err_msg=name
        )
