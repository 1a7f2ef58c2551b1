"""The tests' own instruments: what they must see, hear and do, in every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

import pytest

from tests.browser.engines.page import Engine, NotThereError, Page, ScriptError
from tests.browser.engines.webkit import WebKit
from tests.browser.place import Place
from tests.browser.servers import serving

HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
CONTROLS = (
    HEAD
    + """
<div style="height:1500px"></div>
<button>Press</button> <input aria-label="Word" value="before">
<div role="slider" aria-label="Handle" style="width:40px;height:40px;background:teal"></div>
<script>
  const seen = [];
  for (const kind of ["click", "keydown", "pointermove"]) {
    addEventListener(kind, (event) => seen.push([kind, event.isTrusted, event.key ?? null]));
  }
  const handle = document.querySelector("div[role]");
  let start = null, dragged = [0, 0];
  handle.onpointerdown = (event) => {
    handle.setPointerCapture(event.pointerId);
    start = [event.clientX, event.clientY];
  };
  handle.onpointermove = (event) => {
    if (start) dragged = [event.clientX - start[0], event.clientY - start[1]];
  };
</script>
<div style="height:1500px"></div>
"""
)
SHADOW = f"""{HEAD}<div id="host"></div><script>
  const root = host.attachShadow({{ mode: "open" }});
  root.innerHTML = `<p class="inside">shadow</p><iframe style="border:9px solid;padding:7px"
    sandbox="allow-scripts" srcdoc="{escape(CONTROLS)}"></iframe>`;
</script>"""
LOUD = (
    HEAD
    + """
<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-one'">
<script nonce="one">
  setTimeout(() => { throw new Error("thrown"); });
  Promise.reject(new Error("rejected"));
  globalThis.done = new Promise((resolve) => setTimeout(resolve, 100));
</script>
<script>globalThis.refused = false;</script>
<iframe sandbox="allow-scripts" srcdoc="<script nonce='one'>throw new Error('framed')</script>">
</iframe>
<img src="http://elsewhere.invalid/picture.png">
"""
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("instruments")
    for name in ("CONTROLS", "SHADOW", "LOUD"):
        (folder / f"{name.lower()}.html").write_text(globals()[name], "utf-8")
    with serving(folder) as address:
        yield address


@pytest.fixture
def opened(engine: Engine) -> Iterator[Page]:
    with engine.page() as page:
        yield page


@pytest.mark.parametrize(("name", "frames"), [("controls", ()), ("shadow", ("iframe",))])
def test_input_is_a_persons(opened: Page, address: str, name: str, frames: tuple[str, ...]) -> None:
    opened.visit(f"{address}/{name}.html")
    place = Place(opened, frames)
    place.click("Press")
    place.type("Word", "0.5")
    place.drag("Handle", 30, -20)
    assert place.call("() => document.querySelector('input').value") == "0.5"
    assert place.call("() => dragged") == pytest.approx([30, -20], abs=1)
    seen = place.call("() => seen")
    assert all(trusted for _, trusted, _ in seen)
    assert ["click", True, None] in seen and ["keydown", True, "Enter"] in seen
    assert sum(kind == "pointermove" for kind, *_ in seen) >= 6
    assert (opened.complaints(), opened.requests()) == ([], [f"{address}/{name}.html"])


def test_shadow_roots_and_frames_are_looked_into(opened: Page, address: str) -> None:
    opened.visit(f"{address}/shadow.html")
    page = Place(opened)
    assert page.text(".inside") == "shadow"
    assert page.inside("iframe").text("button") == "Press"
    assert page.inside("iframe").call("() => origin") == "null"
    with pytest.raises(NotThereError):
        page.inside("iframe.none").call("() => 1")


def test_json_goes_in_and_out_and_errors_come_out(opened: Page) -> None:
    opened.visit("about:blank")
    values = ["é", 0.1, None, True, [], {"a": [1]}]
    assert opened.call("async (...all) => all", *values) == values
    assert opened.call("() => undefined") is None
    with pytest.raises(ScriptError, match="said so"):
        opened.call("() => { throw new Error('said so'); }")


def test_what_goes_wrong_is_heard(opened: Page, address: str) -> None:
    opened.visit(f"{address}/loud.html")
    opened.call("() => done")
    heard = "\n".join(opened.complaints())
    for words in ("thrown", "rejected", "ontent Security Policy|Content-Security-Policy"):
        assert any(word in heard for word in words.split("|")), heard
    assert opened.call("() => 'refused' in globalThis") is False
    asked = [request for request in opened.requests() if not request.startswith(address)]
    assert [request.split(":", 1)[1] for request in asked] == ["//elsewhere.invalid/picture.png"]


def test_a_page_knows_nothing_of_the_one_before(engine: Engine, address: str) -> None:
    with engine.page() as page:
        page.visit(f"{address}/loud.html")
    with engine.page() as page:
        page.visit(f"{address}/controls.html")
        assert (page.complaints(), page.requests()) == ([], [f"{address}/controls.html"])


def test_one_that_has_ended_is_started_anew(engines: Callable[[str], Engine]) -> None:
    webkit = engines("webkit")
    assert isinstance(webkit, WebKit)
    webkit.end()
    with webkit.page() as page:
        assert page.call("() => location.href") == "about:blank"


def test_a_picture_is_taken(opened: Page, address: str) -> None:
    opened.visit(f"{address}/controls.html")
    picture = opened.screenshot()
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[i : i + 4], "big") for i in (16, 20))
    assert (width, height) == (1300, 1000)
