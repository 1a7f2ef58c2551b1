"""The sentences of the sources, and whether each language's catalog has them all.

`python -m tools.words` brings the catalogs of gd_widget/words up to date, each in the order of the
sources: what the sources no longer say is taken out, what is new is put in, empty, to be
translated; and says what is wrong with them. `python -m tools.words es fr` does it for these alone,
and begins the ones that there are not yet; NUMBERS in say.py names them all.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from gd_widget.core.losses import LOSSES, Loss
from gd_widget.core.rules import RULES
from gd_widget.core.settings import SETTINGS
from gd_widget.words.say import LIST_MARK, NUMBERS, PLACE

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "gd_widget" / "words"

MARKS = "say", "sayParts", "template"
"""The functions whose first argument is a sentence; the files say.py and say.js have them."""
CALL = re.compile(rf"(?<![\w.])(?:{'|'.join(MARKS)})\(\s*")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
STRING = r'"(?:[^"\\\n]|\\.)*"'
PIECE = re.compile(rf"{STRING}|`[^`]*`|.", re.DOTALL)
WHOLE = re.compile(rf"(?:^|[?:])\s*({STRING}(?:\s*\+\s*{STRING})*)(?=\s*(?:$|[?:]))")


def in_python(source: str) -> Iterator[str]:
    """The sentences in Python. ValueError for one that is put together."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    ours = [call for call in calls if getattr(call.func, "id", None) in MARKS]
    for call in sorted(ours, key=lambda call: (call.lineno, call.col_offset)):
        match call.args:
            case [ast.Constant(value=str(sentence))]:
                yield sentence
            case _:
                raise ValueError(f"not one literal: {ast.unparse(call)}")


def in_javascript(source: str) -> Iterator[str]:
    """The sentences in JavaScript, where one of two may be given. ValueError for `one of these`.

    What is given by a name was marked by template(…) where it was written.
    """
    code = COMMENT.sub("", source)
    for call in CALL.finditer(code):
        given = _first_argument(code[call.end() :])
        if "`" in re.sub(STRING, "", given):
            raise ValueError(f"not a literal: {call[0]}{given}")
        for sentence in WHOLE.findall(given):
            yield "".join(json.loads(part) for part in re.findall(STRING, sentence))


def _first_argument(code: str) -> str:
    """Up to the comma or the bracket that ends it."""
    depth, taken = 0, ""
    for piece in PIECE.findall(code):
        if depth == 0 and piece in (",", ")"):
            break
        depth += (piece in ("(", "[", "{")) - (piece in (")", "]", "}"))
        taken += piece
    return taken.strip()


def templates() -> list[str]:
    """All sentences that are said, each once, in the order of the sources."""
    said = [LIST_MARK, SETTINGS["title"].default, *(rule.label for rule in RULES.values())]
    said += [Loss(kind).label for kind in LOSSES]
    for folder, ending, read in (("gd_widget", "py", in_python), ("js", "js", in_javascript)):
        for path in sorted((ROOT / folder).rglob(f"*.{ending}")):
            if path.stem == "say":
                continue
            try:
                said += read(path.read_text("utf-8"))
            except ValueError as error:
                raise ValueError(f"{path.relative_to(ROOT)}: {error}") from error
    return list(dict.fromkeys(filter(None, said)))


def problems(catalog: Mapping[str, str], sentences: list[str]) -> list[str]:
    """What is wrong with a catalog: each in a line."""
    found = [f"missing: {one}" for one in sentences if not catalog.get(one)]
    found += [f"no longer said: {one}" for one in catalog if one not in sentences]
    for english, other in catalog.items():
        if other and set(PLACE.findall(english)) != set(PLACE.findall(other)):
            found.append(f"other places for values: {english} -> {other}")
    return found


def read(tag: str) -> dict[str, str]:
    """A catalog; an empty one where there is no file."""
    path = WORDS / f"{tag}.json"
    catalog: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return catalog


def write(tag: str, sentences: list[str]) -> None:
    """The catalog of these sentences, as far as they are translated."""
    known = read(tag)
    catalog = {sentence: known.get(sentence, "") for sentence in sentences}
    text = json.dumps(catalog, ensure_ascii=False, indent=2)
    (WORDS / f"{tag}.json").write_text(f"{text}\n", "utf-8")


LONGER = str.maketrans("aeiouycdnstAEIOUYCDNST", "áéíóúýçďñšťÁÉÍÓÚÝÇĎÑŠŤ")


def pseudo(sentence: str) -> str:
    """A sentence of no language, half as long again, with marks on its letters.

    Seen on the screen, it shows what has no room, and what without marks is not translated.

    >>> pseudo("Try {suggested:g}.")
    'Ťrý {suggested:g}. ç'
    """
    pieces = re.split(r"({[^}]*})", sentence)
    marked = "".join(one if one.startswith("{") else one.translate(LONGER) for one in pieces)
    letters = sum(len(one) for one in pieces if not one.startswith("{"))
    return marked + _padding(letters // 2)


def _padding(length: int) -> str:
    """Letters in words, for lines to be broken between."""
    return (" çäřóľ" * (length // 6 + 1))[:length].rstrip()


def main(given: list[str]) -> int:
    """Bring catalogs up to date, say what is wrong with them; 1 where anything is."""
    parser = argparse.ArgumentParser(prog="python -m tools.words", description=main.__doc__)
    help_of_tags = f"languages, of {', '.join(NUMBERS)}; none: all that there are catalogs of"
    parser.add_argument("tags", nargs="*", metavar="tag", help=help_of_tags)
    tags = parser.parse_args(given).tags
    for tag in tags:
        if tag not in NUMBERS:
            parser.error(f"tag must be one of {', '.join(NUMBERS)}; got {tag!r}")
    sentences = templates()
    print(f"{len(sentences)} sentences")
    found = 0
    for tag in tags or [tag for tag in NUMBERS if (WORDS / f"{tag}.json").exists()]:
        write(tag, sentences)
        wrong = problems(read(tag), sentences)
        print(f"{tag}: {len(wrong) or 'nothing'} wrong", *wrong, sep="\n  ")
        found += len(wrong)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
