"""Web frameworks that are no hosts of widgets: each shows the page of one, which computes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page

from tests.browser.lab import View
from tests.browser.ports import free_port
from tests.browser.servers import running
from tests.waiting import until
from tools.environments import environment

pytestmark = pytest.mark.hosts

MADE = """\
from gd_widget import GDWidget

w = GDWidget(n=100, lr=0.1)
w.step(3)
"""

DASH_FRAME = """
from dash import Dash, html

app = Dash()
app.layout = html.Iframe(srcDoc=w.to_html(), style={{"width": "100%", "height": 900, "border": 0}})
app.run(port={port})
"""

DASH_MARKDOWN = """
from dash import Dash, dcc

app = Dash()
app.layout = dcc.Markdown(w.to_html(), dangerously_allow_html=True)
app.run(port={port})
"""

STREAMLIT = """
import streamlit

streamlit.iframe(w.to_html(), height=900)
"""

STREAMLIT_COMPONENT = """
import streamlit

streamlit.components.v2.component("widget", html=w.to_html())()
streamlit.write("What is below.")
"""

GRADIO = """
import gradio

with gradio.Blocks() as demo:
    gradio.HTML(w.to_html())
demo.launch(server_port={port})
"""

NICEGUI = """
from nicegui import ui


@ui.page("/")
def page():
    ui.html(w.to_html(), sanitize=False).classes("w-full")


ui.run(port={port}, show=False, reload=False)
"""


def fragment(page: Page) -> FrameLocator:
    """The frame of what to_html returns, on the page."""
    return page.frame_locator(".gd-widget-page > iframe")


def frame_of_fragment(page: Page) -> FrameLocator:
    """The same in a frame of the framework's."""
    return page.frame_locator("iframe").frame_locator(".gd-widget-page > iframe")


APPS = {
    "Dash, html.Iframe": (DASH_FRAME, frame_of_fragment),
    "Dash, dcc.Markdown": (DASH_MARKDOWN, fragment),
    "Streamlit, st.iframe": (STREAMLIT, frame_of_fragment),
    "Streamlit, a component": (STREAMLIT_COMPONENT, fragment),
    "Gradio, gr.HTML": (GRADIO, fragment),
    "NiceGUI, ui.html": (NICEGUI, fragment),
}


@contextmanager
def shown(page: Page, folder: Path, name: str) -> Iterator[View]:
    """The widget in an app that is opened."""
    app, place = APPS[name]
    port, path = free_port(), folder / "app.py"
    path.write_text(MADE + app.format(port=port))
    address, options = f"http://127.0.0.1:{port}", []
    if name.startswith("Streamlit"):
        options = ["-m", "streamlit", "run"]
        settings = [f"--server.port={port}", "--server.headless=true"]
        settings += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    else:
        settings = []
    command = [str(environment("frameworks")), *options, str(path), *settings]
    # NiceGUI would behave as under its own tests.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    with running(command, address, log=folder / "app.log", env=env):
        page.goto(address)
        view = View(place(page).locator(".gd-widget"))
        view.expect_step(3)
        yield view


@pytest.mark.parametrize("name", APPS)
def test_the_page_of_a_widget_is_live_in_a_web_framework(
    site_page: Page, tmp_path: Path, name: str
) -> None:
    with shown(site_page, tmp_path, name) as view:
        view.button("Step").click()
        view.expect_step(4)


def test_a_component_of_streamlits_is_as_high_as_what_it_shows(
    site_page: Page, tmp_path: Path
) -> None:
    below = site_page.get_by_text("What is below.")

    def room(view: View) -> float:
        text, root = below.bounding_box(), view.root.bounding_box()
        assert text and root
        return float(text["y"] - root["y"] - root["height"])

    with shown(site_page, tmp_path, "Streamlit, a component") as view:
        until(lambda: 0 < room(view) < 30)
        before = below.bounding_box()
        view.more()
        until(lambda: below.bounding_box() != before and 0 < room(view) < 30)
