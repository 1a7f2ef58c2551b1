"""The widget on pages without a kernel: it trains there, in every engine, with PyTorch's numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from gd_widget import GDWidget, make_line
from tests.browser import static_pages
from tests.browser.engines.page import Engine, Page
from tests.browser.place import Place
from tests.browser.scenario import use
from tests.browser.servers import serving
from tests.browser.shown import COLUMNS, Shown, assert_true
from tests.browser.static_pages import Headers


@dataclass(frozen=True)
class Host:
    """A kind of page.

    write : makes it.
    frames : where on it the widget is.
    step : where the widget begins.
    from_disk : whether it is opened as a file, not served.
    remarks : words of complaints that mean nothing.
    """

    write: Callable[[Path], Headers]
    frames: tuple[str, ...] = ()
    step: int = 0
    from_disk: bool = False
    remarks: tuple[str, ...] = ()


HOSTS = {
    "saved page": Host(static_pages.saved, from_disk=True),
    # WebKit remarks, in the console, that it tells a sandboxed frame nothing of what is around it.
    "sandboxed frame": Host(
        static_pages.sandboxed, frames=("iframe",), remarks=("Sandbox access violation",)
    ),
    "framed page": Host(static_pages.framed, frames=("iframe",)),
    "inline scripts only": Host(static_pages.inline_policy),
    "scripts by hash": Host(static_pages.hash_policy),
    "fragment": Host(static_pages.fragment, frames=("iframe",)),
    "kept in a cell": Host(static_pages.kept, frames=("iframe",)),
    "element": Host(static_pages.element),
    "nbconvert": Host(static_pages.nbconvert, step=static_pages.SAVED_STEP),
    "nbconvert, no state": Host(
        static_pages.nbconvert_without_state, frames=("iframe",), step=static_pages.SAVED_STEP
    ),
    "ipywidgets.embed": Host(static_pages.embedded, step=static_pages.SAVED_STEP),
    "marimo": Host(static_pages.marimo_export),
    "MyST": Host(static_pages.myst),
}


class Sites:
    """The pages, each made and served when it is first asked for."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._addresses: dict[str, str] = {}

    def address(self, name: str) -> str:
        """Where a page of this kind is."""
        if name not in self._addresses:
            folder = self._folder / str(len(self._addresses))
            folder.mkdir()
            host = HOSTS[name]
            headers = host.write(folder)
            self._addresses[name] = (
                (folder / "index.html").as_uri()
                if host.from_disk
                else f"{self._stack.enter_context(serving(folder, headers))}/index.html"
            )
        return self._addresses[name]


@pytest.fixture(scope="package")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with ExitStack() as stack:
        yield Sites(tmp_path_factory.mktemp("sites"), stack)


@pytest.fixture(params=list(HOSTS))
def host(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def static(engine: Engine, sites: Sites, host: str) -> Iterator[Page]:
    """A page of each kind; whatever happens on it, it is to complain of nothing and ask nobody."""
    address = sites.address(host)
    with engine.page() as page:
        page.visit(address)
        yield page
        remarks = HOSTS[host].remarks
        complaints = [said for said in page.complaints() if not any(r in said for r in remarks)]
        assert complaints == []
        own = address.removesuffix("/index.html")
        assert [asked for asked in page.requests() if not asked.startswith(own)] == []


def test_it_trains_without_a_kernel_with_pytorchs_numbers(static: Page, host: str) -> None:
    shown = Shown(Place(static, HOSTS[host].frames))
    assert_true(use(shown, HOSTS[host].step), make_line(n=100, seed=1))


def test_a_saved_race_goes_on_with_pytorchs_numbers(engine: Engine, tmp_path: Path) -> None:
    rules = ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "bfgs", "newton"]
    w = GDWidget(optimizer=rules, lr=0.1, batch_size=30, engine="torch", steps_per_second=60)
    w.step(7)
    w.save(tmp_path / "race.html")
    with engine.page() as page:
        page.visit((tmp_path / "race.html").as_uri())
        shown = Shown(Place(page))
        shown.wait_for_step(7)
        shown.place.click("Play")
        shown.wait_for_step_beyond(60)
        shown.place.click("Pause")
        shown.wait_for_button("Play")
        histories = shown.histories()
        assert page.complaints() == []
    w.step(shown_steps := int(histories["Adam"][-1, 0]) - w.n_steps)
    assert shown_steps > 53
    assert list(histories) == [run.name for run in w.runs]
    for run in w.runs:
        rows = histories[run.name]
        for i, name in enumerate((*COLUMNS, "epoch")):
            expected = run.history[name]
            np.testing.assert_allclose(
                rows[:, i],
                expected,
                rtol=1e-12,
                atol=1e-12 * np.nanmax(np.abs(expected), initial=0),
                err_msg=f"{name} of {run.name}",
            )


def test_a_saved_page_goes_on_from_numbers_that_javascript_has_not(
    engine: Engine, tmp_path: Path
) -> None:
    seed = 2**128 - 1
    GDWidget(seed=seed, batch_size=10**17, n_epochs=10**16).save(tmp_path / "large.html")
    with engine.page() as page:
        page.visit((tmp_path / "large.html").as_uri())
        shown = Shown(Place(page))
        shown.wait_for_step(0)
        shown.open("More")
        shown.place.click("New data")
        shown.place.click("Step")
        shown.wait_for_step(1)
        assert_true(shown.history(), make_line(seed=seed + 1))
        assert page.complaints() == []


@pytest.mark.parametrize("host", ["fragment", "framed page"], indirect=True)
def test_the_page_around_a_frame_keeps_what_is_its_own(static: Page, host: str) -> None:
    Shown(Place(static, HOSTS[host].frames)).wait_for_step(0)
    page = Place(static)
    assert page.call("() => [...document.querySelectorAll('p')].map((p) => p.textContent)") == [
        "Text.",
        "More.",
    ]
    if host == "fragment":
        page.wait_for("() => document.querySelector('img') === null")
        page.wait_for(
            """() => {
              const { clientHeight, contentDocument } = document.querySelector("iframe");
              return clientHeight === contentDocument.documentElement.offsetHeight;
            }"""
        )
    else:
        assert page.call("() => document.querySelector('iframe').clientHeight") == 900
