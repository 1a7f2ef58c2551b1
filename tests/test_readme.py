"""What the README shows runs, and prints what it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_the_ten_lines_print_what_they_say(capsys):
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(code.splitlines()) <= 12
    exec(compile(code, "README.md", "exec"), {})
    first, second = capsys.readouterr().out.splitlines()
    said = re.search(r"print\(w\)\s+# (.*) \.\.\.", code)
    assert said and first.startswith(said[1])
    assert second.startswith("7.955")


def test_every_argument_is_in_the_reference():
    from gd_widget.widget import ARGUMENTS

    missing = [name for name in ARGUMENTS if not re.search(rf"`[^`]*\b{name}\b[^`]*`", README)]
    assert missing == []


def test_every_link_leads_somewhere():
    for page in ("README.md", "CONTRIBUTING.md", "benchmarks/README.md"):
        path = ROOT / page
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (path.parent / target).exists(), f"{page} links to {target}"
