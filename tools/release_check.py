"""Checks what would be released: `make release-check`.

From a clone of what is committed an sdist is built, from that a wheel, and the wheel is installed
beside a JupyterLab where there is no Node. Each check has its line, and all that failed are said
again at the end. Where none has, both files are put into dist/release: what was tried is then
what is uploaded.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.engines.chromium import running_chromium
from tests.browser.lab import SHOW, Notebook, View, running_lab
from tools.release_source import (
    UnfitError,
    changelog_is_current,
    citation_is_current,
    everything_is_committed,
    links_lead_to_files,
    run,
    same_version,
    version_of,
    versions_agree,
)
from tools.release_web import the_site_is_live, the_types_know_every_attribute

ROOT = Path(__file__).parents[1]
RELEASED = ROOT / "dist" / "release"
CONSTRAINTS = ROOT / "constraints.txt"

MOST_LINES = 20
"""Of what is said of a failure; Playwright says all that is on the page."""

Check = Callable[[], None]


class Build:
    """What is built of a clone of the sources, and an environment to try it in."""

    def __init__(self, source: Path, work: Path) -> None:
        self.version = version_of(source)
        self._source, self._work = source, work
        self._dist, self._clean = work / "dist", work / "clean"
        self._python = self._clean / "bin" / "python"

    @property
    def sdist(self) -> Path:
        """The sdist, once it is built."""
        [path] = self._dist.glob("*.tar.gz")
        return path

    @property
    def wheel(self) -> Path:
        """The wheel, once it is built."""
        [path] = self._dist.glob("*.whl")
        return path

    @property
    def _environment(self) -> dict[str, str]:
        """Of programs in the clean environment: they find one another, and nothing else."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return {**kept, "PATH": str(self._clean / "bin")}

    def _in_clean(self, *arguments: str | Path) -> str:
        """What the clean environment's Python prints."""
        return run(
            self._python, *arguments, folder=self._work, environment=self._environment
        ).strip()

    def make_sdist(self) -> None:
        """From the sources, the front end anew."""
        options = ("-t", "sdist", "-d", self._dist)
        run(sys.executable, "-m", "hatchling", "build", *options, folder=self._source)

    def make_wheel(self) -> None:
        """From the sdist, by pip, as for anyone who installs from it."""
        options = ("--no-deps", "--no-build-isolation", "--disable-pip-version-check")
        command = (sys.executable, "-m", "pip", "wheel", *options, "-w", self._dist, self.sdist)
        run(*command, folder=self._work)

    def check_metadata(self) -> None:
        """PyPI would take both, and show the README."""
        command = (sys.executable, "-m", "twine", "check", "--strict", self.sdist, self.wheel)
        run(*command, folder=self._work)

    def install(self) -> None:
        """The wheel and a JupyterLab, into an environment that has nothing else."""
        run(sys.executable, "-m", "venv", self._clean, folder=self._work)
        options = ("--quiet", "--disable-pip-version-check", "--constraint", CONSTRAINTS)
        self._in_clean("-m", "pip", "install", *options, self.wheel, "jupyterlab")
        self._in_clean("-m", "pip", "check")
        if node := shutil.which("node", path=self._environment["PATH"]):
            raise UnfitError(f"the clean environment must have no Node; got {node}")

    def check_versions(self) -> None:
        """What was built and installed says the version of package.json."""
        extensions = self._in_clean("-m", "jupyter", "labextension", "list")
        extension = re.search(r"gd-widget v(\S+) .*enabled.*OK", extensions)
        if not extension:
            raise UnfitError(f"JupyterLab must list gd-widget as enabled; got\n{extensions}")
        said = {
            self.sdist.name: self.sdist.name.removesuffix(".tar.gz").split("-")[1],
            self.wheel.name: self.wheel.name.split("-")[1],
            "gd_widget.__version__": self._in_clean(
                "-c", "import gd_widget; print(gd_widget.__version__)"
            ),
            "JupyterLab's list": extension[1],
        }
        same_version(self.version, said)

    def try_in_lab(self) -> None:
        """What a person does first: show, step, play, pause, and read the step in Python."""
        root = self._work / "lab"
        root.mkdir()
        with (
            running_lab(root, str(self._python), self._environment) as lab,
            running_chromium() as browser,
        ):
            page = browser.new_page(viewport={"width": 1300, "height": 900})
            notebook = Notebook(page, lab, root).open("release.ipynb", [SHOW])
            notebook.run_all()
            view = View(page.locator(".gd-widget"))
            view.expect_step(0)
            view.button("Step").click()
            view.expect_step(1)
            view.button("Play").click()
            view.wait_for_step_beyond(3)
            view.button("Pause").click()
            expect(view.button("Play")).to_be_visible()
            notebook.run_until("print(w.n_steps)", str(view.step))
            place = notebook.run("import gd_widget; print(gd_widget.__file__)")
        if not Path(place).is_relative_to(self._clean):
            raise UnfitError(f"the wheel's gd_widget must be what is shown; got {place}")


def failures_of(checks: Mapping[str, Check], *, in_turn: bool) -> list[str]:
    """Look at each, print how it went, and return what failed.

    in_turn : whether each needs the one before; then the first that fails is the last.
    """
    failures = []
    for name, check in checks.items():
        try:
            check()
        except Exception as error:  # whatever happens in a check is what is wrong
            words = (str(error) or repr(error)).splitlines()[:MOST_LINES]
            failures.append("\n".join([f"{name}: {words[0]}", *words[1:]]))
            print(f"FAIL {name}", flush=True)
            if in_turn:
                break
        else:
            print(f"ok   {name}", flush=True)
    return failures


def main() -> None:
    """Check everything, and say at the end what is wrong."""
    shutil.rmtree(RELEASED, ignore_errors=True)  # what was fit once may not be any longer
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder).resolve()
        source = work / "source"
        run("git", "clone", "--quiet", "--no-local", ROOT, source, folder=ROOT)
        build = Build(source, work)
        failures = failures_of(
            {
                "everything is committed": lambda: everything_is_committed(ROOT),
                "the sources say one version": lambda: versions_agree(source),
                "the changelog has this version and its day": lambda: changelog_is_current(source),
                "CITATION.cff is of this version": lambda: citation_is_current(source),
                "the README links to files that are there": lambda: links_lead_to_files(source),
            },
            in_turn=False,
        )
        failures += failures_of(
            {
                "an sdist is built": build.make_sdist,
                "a wheel is built from the sdist": build.make_wheel,
                "metadata are valid and the README renders": build.check_metadata,
                "the wheel installs beside JupyterLab, without Node": build.install,
                "what is installed says this version": build.check_versions,
                "it shows, steps, plays and pauses in JupyterLab": build.try_in_lab,
                "the site is made, live, and asks nobody else": lambda: the_site_is_live(
                    source, work / "site"
                ),
                "npm's package has types of every attribute": lambda: (
                    the_types_know_every_attribute(
                        source, ROOT / "node_modules" / ".bin" / "tsc", work / "npm"
                    )
                ),
            },
            in_turn=True,
        )
        if failures:
            sys.exit("\n".join([f"\n{build.version} is not fit to be released:", *failures]))
        RELEASED.mkdir(parents=True)
        for path in (build.sdist, build.wheel):
            shutil.copy(path, RELEASED)
    print(f"\n{build.version} can be released; it lies in {RELEASED.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
