"""A JupyterLab in headless Chromium for the benchmarks, and scripts to put into its pages."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.lab import Notebook, running_lab
from tools.browsers import CHROMIUM_OPTIONS, find_chromium

HERE = Path(__file__).parent

EXECUTE = """async ([code, expression]) => {
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  const request = { code, user_expressions: { value: expression } };
  const { content } = await kernel.requestExecute(request).done;
  if (content.status !== "ok") throw new Error(content.evalue);
  const { data, evalue } = content.user_expressions.value;
  if (!data) throw new Error(`${expression}: ${evalue}`);
  return data["text/plain"];
}"""


@dataclass(frozen=True)
class Lab:
    """A JupyterLab at an address, the folder it serves, and the browser that looks at it."""

    address: str
    root: Path
    browser: Browser

    @contextmanager
    def page(self, script: str = "") -> Iterator[Notebook]:
        """A page of its own, with a script run before its own; its kernel ends with it."""
        context = self.browser.new_context(viewport={"width": 1300, "height": 900})
        page = context.new_page()
        if script:
            page.add_init_script(script)
        notebook = Notebook(page, self.address, self.root)
        yield notebook
        notebook.shut_down()
        context.close()


@contextmanager
def lab_in_chromium() -> Iterator[Lab]:
    """Both, started; gone afterwards."""
    path = find_chromium()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield Lab(address, Path(folder), browser)
        browser.close()


def chromium_version() -> str:
    """Of the browser that is used."""
    said = subprocess.run([find_chromium(), "--version"], capture_output=True, text=True).stdout
    return re.sub(r"[^\d.]*([\d.]+).*", r"\1", said.strip())


def source(name: str) -> str:
    """A script's text as an expression: the function without its last semicolon."""
    return (HERE / name).read_text().strip().removesuffix(";")


def ask(page: Page, expression: str, after: str = "") -> str:
    """The value of an expression in the kernel, as Python prints it, after some code has run.

    No cell is needed; the code runs when the cells that run have ended.
    """
    answer: str = page.evaluate(EXECUTE, [after, expression])
    return answer
