"""What the README shows runs, and prints what it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
PAGES = (
    "README.md",
    "docs/teaching-a-class.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    "docs/without-a-kernel.md",
)


def test_the_code_runs_and_prints_what_it_says(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    use, *others = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(use.splitlines()) <= 12
    names: dict[str, object] = {}
    for code in (use, *others):
        exec(compile(code, "README.md", "exec"), names)
    first, second, people, *runs, advice = capsys.readouterr().out.splitlines()
    said = re.search(r"print\(w\)\s+# (.*) \.\.\.", use)
    assert said and first.startswith(said[1])
    assert second.startswith("7.955")
    assert people.startswith("height 0.")
    assert [run.split()[0] for run in runs] == ["Gradient", "Momentum", "Adam"]
    said = re.search(r"print\(own\.advice\)\s+# (.*) …", README)
    assert said and advice.startswith(said[1])
    assert {path.name for path in tmp_path.iterdir()} == {"post.html", "figure.svg"}


def test_every_argument_is_in_the_reference():
    from gd_widget.widget import ARGUMENTS

    missing = [name for name in ARGUMENTS if not re.search(rf"`[^`]*\b{name}\b[^`]*`", README)]
    assert missing == []


def test_every_link_leads_somewhere():
    for page in PAGES:
        path = ROOT / page
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (path.parent / target).exists(), f"{page} links to {target}"


def test_the_rule_for_nbval_is_the_one_that_is_used():
    page = (ROOT / "docs/without-a-kernel.md").read_text()
    (rule,) = re.findall(r"```ini\n(.*?)```", page, re.DOTALL)
    assert rule in (ROOT / "notebooks/sanitize.cfg").read_text()


def test_every_option_of_the_element_is_in_its_reference():
    page = (ROOT / "docs/without-a-kernel.md").read_text()
    options = (ROOT / "js/options.js").read_text()
    (rules,) = re.findall(r"const RULES = \{\n(.*?)\n\};", options, re.DOTALL)
    names = [line.split(":")[0].strip() for line in rules.splitlines()]
    types = (ROOT / "js/widget.d.ts").read_text()
    assert len(names) == 19
    for name in names:
        attribute = "heading" if name == "title" else name
        assert f"`{attribute.replace('_', '-')}`" in page
        assert re.search(rf"^  {attribute}: ", types, re.MULTILINE)
