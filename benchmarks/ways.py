"""Ways to show the same training as it goes on: the cells that one writes for each.

All draw the points, the line and the number of the step (GDWidget draws the bowl, the loss and the
code besides), train with the same update in PyTorch, and are to show 60 steps a second. Each is
written as its documentation advises for speed: what has changed is set, not made anew.

ipympl is there twice. Blitting in a loop is its fastest way; but what it sends is the difference to
the picture before, of which the page drops some when they come faster than it decodes them, so
that traces of earlier lines stay. A FuncAnimation waits for the page, and its picture is right.
"""

from __future__ import annotations

from dataclasses import dataclass

LR = 0.02
"""Slow enough that 300 steps do not converge, where GDWidget would stop."""

RATE = 60

TRAINING = f"""
import time
import torch
from torch import nn
from gd_widget import make_line

points = make_line(100)
x, y = torch.tensor(points.x), torch.tensor(points.y)
ends = [-1.0, 1.0]
a = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))

def update():
    loss = ((x * a[0] + a[1] - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        a.sub_({LR} * a.grad)
        a.grad.zero_()

def fit():
    slope, intercept = a.tolist()
    return [slope * end + intercept for end in ends]

def on_time(n):
    due = time.perf_counter()
    for step in range(1, n + 1):
        yield step
        due += 1 / {RATE}
        time.sleep(max(0, due - time.perf_counter()))
"""

INLINE = """
%matplotlib inline
import matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.plot(points.x, points.y, ".")
(line,) = ax.plot(ends, fit())
title = ax.set_title("step 0")
plt.close(fig)
made = time.time()
shown = display(fig, display_id=True)
"""

INLINE_LOOP = """
for step in on_time({steps}):
    update()
    line.set_ydata(fit())
    title.set_text(f"step {{step}}")
    shown.update(fig)
"""

IPYMPL = """
%matplotlib widget
import matplotlib.pyplot as plt
plt.close("all")
fig, ax = plt.subplots()
ax.plot(points.x, points.y, ".")
(line,) = ax.plot(ends, fit())
number = ax.text(0.02, 0.94, "step 0", transform=ax.transAxes)
made = time.time()
plt.show()
"""

IPYMPL_BLITTING = """
for artist in (line, number):
    artist.set_animated(True)
fig.canvas.draw()
background = fig.canvas.copy_from_bbox(ax.bbox)
for step in on_time({steps}):
    update()
    line.set_ydata(fit())
    number.set_text(f"step {{step}}")
    fig.canvas.restore_region(background)
    ax.draw_artist(line)
    ax.draw_artist(number)
    fig.canvas.blit(ax.bbox)
    fig.canvas.flush_events()
"""

IPYMPL_TIMER = f"""
from matplotlib.animation import FuncAnimation

def draw(step):
    update()
    line.set_ydata(fit())
    number.set_text(f"step {{{{step}}}}")

steps = range(1, {{steps}} + 1)
interval = 1000 / {RATE}
animation = FuncAnimation(fig, draw, steps, lambda: None, interval=interval, repeat=False)
fig.canvas.draw_idle()
"""

PLOTLY = """
import plotly.graph_objects as go
fig = go.FigureWidget()
fig.add_scatter(x=points.x, y=points.y, mode="markers")
fig.add_scatter(x=ends, y=fit(), mode="lines")
fig.update_layout(title="step 0", yaxis_range=[-2, 6])
line = fig.data[1]
made = time.time()
fig
"""

PLOTLY_LOOP = """
for step in on_time({steps}):
    update()
    with fig.batch_update():
        line.y = fit()
        fig.layout.title.text = f"step {{step}}"
"""

BQPLOT = """
import bqplot
import ipywidgets
scales = {{"x": bqplot.LinearScale(), "y": bqplot.LinearScale(min=-2, max=6)}}
dots = bqplot.Scatter(x=points.x, y=points.y, scales=scales)
line = bqplot.Lines(x=ends, y=fit(), scales=scales)
axes = [
    bqplot.Axis(scale=scales["x"]),
    bqplot.Axis(scale=scales["y"], orientation="vertical"),
]
fig = bqplot.Figure(marks=[dots, line], axes=axes, title="step 0")
play = ipywidgets.Play(max={steps}, interval=16)

def train(change):
    for _ in range(change.new - change.old):
        update()
    with fig.hold_sync(), line.hold_sync():
        line.y = fit()
        fig.title = f"step {{change.new}}"

play.observe(train, "value")
made = time.time()
ipywidgets.VBox([fig, play])
"""

OURS = f"""
from gd_widget import GDWidget
w = GDWidget(n=100, lr={LR}, n_epochs={{steps}}, steps_per_second={RATE}, engine="torch")
made = time.time()
w
"""


@dataclass(frozen=True)
class Way:
    """One way: a cell that shows the picture, and what makes it move.

    cell : the code that shows it; `made` is when its last object was made.
    loop : the cell that trains; empty where a button does.
    button : the button's selector; empty where a cell does.
    look : a function in JavaScript: what tells one picture from another, null while there is none.
    """

    name: str
    cell: str
    look: str
    loop: str = ""
    button: str = ""


# A picture is there when it can be painted: an image that is decoded, a line that has a place.
# Its text tells one from another where it is in the page. An image's own address does, too; of
# a canvas, the pixels in the strip that has the number of the step.
LOOK_AT_IMAGE = """() => {
  const image = document.querySelector(".jp-OutputArea-output img");
  return image?.complete && image.naturalWidth > 0 ? image.src : null;
}"""

LOOK_AT_CANVAS = """() => {
  const canvas = document.querySelector(".jupyter-matplotlib-canvas-div canvas");
  if (!canvas?.width) return null;
  const { width, height } = canvas;
  const top = Math.round(0.14 * height);
  const strip = canvas.getContext("2d").getImageData(0, top, width, Math.round(0.1 * height));
  const pixels = new Uint32Array(strip.data.buffer);
  if (pixels.every((pixel) => pixel === pixels[0])) return null;
  return pixels.reduce((hash, pixel) => (Math.imul(hash, 31) + pixel) | 0, 0);
}"""

LOOK_AT_PLOTLY = """() => {
  const line = document.querySelector(".js-plotly-plot .js-line");
  return line?.getAttribute("d") ? document.querySelector(".gtitle").textContent : null;
}"""

LOOK_AT_BQPLOT = """() => {
  const figure = document.querySelector(".bqplot");
  const line = figure?.querySelector("path.line");
  return line?.getAttribute("d") ? figure.querySelector(".mainheading").textContent : null;
}"""

LOOK_AT_OURS = """() => {
  const places = () => [...document.querySelectorAll(".jp-OutputArea-output *")];
  const viewIn = (place) => place.shadowRoot?.querySelector(".gd-widget");
  if (!window.ours?.isConnected) window.ours = places().map(viewIn).find(Boolean);
  const view = window.ours;
  const line = view?.querySelector(".fit line.line");
  if (!line || !(Number(line.getAttribute("x2")) > 0)) return null;
  return view.querySelector(".value.step").textContent;
}"""

OUR_WAY = "GDWidget"

WAYS = (
    Way(OUR_WAY, OURS, LOOK_AT_OURS, button=".gd-widget [aria-label=Play]"),
    Way("matplotlib inline", INLINE, LOOK_AT_IMAGE, loop=INLINE_LOOP),
    Way("ipympl, blitting", IPYMPL, LOOK_AT_CANVAS, loop=IPYMPL_BLITTING),
    Way("ipympl, FuncAnimation", IPYMPL, LOOK_AT_CANVAS, loop=IPYMPL_TIMER),
    Way("plotly FigureWidget", PLOTLY, LOOK_AT_PLOTLY, loop=PLOTLY_LOOP),
    Way("bqplot and Play", BQPLOT, LOOK_AT_BQPLOT, button=".widget-play button"),
)
