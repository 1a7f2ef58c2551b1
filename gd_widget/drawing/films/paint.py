"""From drawings to pixels, by resvg."""

from __future__ import annotations

import math
from io import BytesIO

from PIL import Image
from resvg import render, usvg

from gd_widget.drawing.axes import Box
from gd_widget.drawing.svg import Markup, element

FONTS = ("Segoe UI", "Helvetica Neue", "Roboto", "Arial", "Noto Sans", "Liberation Sans")
"""The first one that is there; else one that calls itself sans, or any."""


class Painter:
    """Paints on paper whose units are `scale` pixels long.

    Raises RuntimeError where this machine has no fonts: numbers could not be read.
    """

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._options = usvg.Options.default()
        self._options.load_system_fonts()
        fonts = sorted(self._options.list_fonts(), key=lambda name: "Sans" not in name)
        if not fonts:
            raise RuntimeError("a film needs a font for its numbers, and none is installed here")
        self._font = next((name for name in FONTS if name in fonts), fonts[0])

    def paint(self, markup: Markup, box: Box) -> Image.Image:
        """What of a drawing is within a box, on no ground: where nothing is, one sees through."""
        left, right, top, bottom = self._pixels(box)
        size = {"width": right - left, "height": bottom - top}
        place = f"translate({-left} {-top}) scale({self._scale})"
        svg = element(
            "svg",
            element("g", markup, transform=place, font_family=self._font),
            xmlns="http://www.w3.org/2000/svg",
            **size,
        )
        tree = usvg.Tree.from_str(svg, self._options)
        return Image.open(BytesIO(bytes(render(tree, (1, 0, 0, 0, 1, 0))))).convert("RGBA")

    def paint_over(self, picture: Image.Image, markup: Markup, box: Box) -> None:
        """The same on top of a picture of the whole paper."""
        self.put_over(picture, self.paint(markup, box), box)

    def put_over(self, picture: Image.Image, painted: Image.Image, box: Box) -> None:
        """What has been painted in a box, on top of a picture of the whole paper."""
        left, _, top, _ = self._pixels(box)
        picture.alpha_composite(painted, (left, top))

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Whole pixels that hold a box."""
        left, right, top, bottom = (end * self._scale for end in box)
        return math.floor(left), math.ceil(right), math.floor(top), math.ceil(bottom)
