"""A tool for homework in an environment of its own, run in an empty folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.browser.lab import own_jupyter
from tools.environments import environment

Run = Callable[..., str]


def tool(name: str, folder: Path) -> Run:
    """What runs the environment's Python with arguments, and returns what it prints.

    The tools call programs beside themselves by name. AssertionError, with all they had to say,
    where they fail.
    """
    python = environment(name)
    env = {
        **own_jupyter(folder / ".jupyter"),
        **{"HOME": str(folder), "PYTHONPATH": "", "PATH": f"{python.parent}:{os.environ['PATH']}"},
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [str(python), *command], cwd=folder, env=env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
