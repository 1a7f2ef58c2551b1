"""Web frameworks that are no hosts of widgets: each shows the page of one, which computes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page

from tests.browser.lab import View
from tests.browser.ports import free_port
from tests.browser.servers import running
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
    "Gradio, gr.HTML": (GRADIO, fragment),
    "NiceGUI, ui.html": (NICEGUI, fragment),
}


@pytest.mark.parametrize("name", APPS)
def test_the_page_of_a_widget_is_live_in_a_web_framework(
    site_page: Page, tmp_path: Path, name: str
) -> None:
    app, place = APPS[name]
    port, path = free_port(), tmp_path / "app.py"
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
    with running(command, address, log=tmp_path / "app.log", env=env):
        site_page.goto(address)
        view = View(place(site_page).locator(".gd-widget"))
        view.expect_step(3)
        view.button("Step").click()
        view.expect_step(4)
