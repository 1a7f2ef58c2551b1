"""The words that the page's views mark as explained, and the sentences there are for them."""

from __future__ import annotations

import re
from pathlib import Path

JS = Path(__file__).parents[2] / "js"
READOUT = {"step", "epoch", "slope", "intercept", "parameter", "loss"}
SURFACE = {"bowl", "landscape", "parabola", "arrow", "step aside"}
"""Of more parameters than one, and of one."""
DIRECTIONS = {"factor", "curvature"}
LOSSES = {"goes down", "minimum"}
MARKS = {"true", "guess"}
ZONES = {"creeps", "converges", "oscillates", "diverges"}


def test_each_word_that_is_marked_has_its_sentences_and_no_other_has():
    source = "".join(path.read_text("utf-8") for path in (JS / "views").rglob("*.js"))
    marked = set(re.findall(r'(?:data-term=|\bterm: )"([^"]+)"', source))
    (in_code,) = re.findall(r"const TERMS = \{(.*)\};", (JS / "views/code/code.js").read_text())
    marked |= set(re.findall(r'"(.+?)"', in_code))
    files = ("terms.js", "terms-of-many.js", "terms-of-losses.js", "terms-of-held.js")
    terms = "".join((JS / "words" / name).read_text("utf-8") for name in files)
    said = dict(re.findall(r'^  "?([\w@ ]+?)"?: template\(\s*"(.+)",?\s*\),$', terms, re.MULTILINE))
    assert marked | READOUT | LOSSES | MARKS | SURFACE | DIRECTIONS | ZONES == set(said)
    for sentence in said.values():
        assert re.fullmatch(r"[A-Z].+\.", sentence)
