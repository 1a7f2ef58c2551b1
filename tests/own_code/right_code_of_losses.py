"""Right programs of other losses than the mean squared error, in the styles of courses.

Each is what comes before update(), its lines, and the loss that the widget shows. P has the points; a
and lr are there, x and y are tensors, X has a column of ones, u and v are arrays, b stands for them.
"""

from __future__ import annotations

import linecache

import numpy as np

from gd_widget import GDWidget
from gd_widget.data.make_line import make_line

LINE = make_line(100)
POINTS = np.array(LINE.x), np.array(LINE.y)
YES_OR_NO = POINTS[0], (POINTS[1] + np.sin(99 * np.arange(100)) > 2.5).astype(float)

SETUP = """
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
lr, u, v = 0.1, np.array(P[0]), np.array(P[1])
x, y = torch.tensor(u), torch.tensor(v)
X = torch.stack([x, torch.ones_like(x)], 1)
a, b = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64)), np.array([-1.0, 1.0])
"""

BY_HAND = (
    "loss.backward()\nwith torch.no_grad():\n    a.sub_(lr * a.grad)\na.grad.zero_()\nreturn loss"
)
BY_OPT = "opt.zero_grad()\nloss.backward()\nopt.step()\nreturn loss.item()"
SGD = "opt = torch.optim.SGD([a], lr=lr)"
MODEL = "a = nn.Linear(1, 1, dtype=torch.float64)\nopt = torch.optim.SGD(a.parameters(), lr=lr)"

RIGHT = {
    "absolute": ("", f"loss = (X @ a - y).abs().mean()\n{BY_HAND}", "mae"),
    "absolute, l1_loss": ("", f"loss = F.l1_loss(X @ a, y)\n{BY_HAND}", "mae"),
    "absolute, a sum over n": (
        "",
        f"loss = F.l1_loss(X @ a, y, reduction='sum') / len(y)\n{BY_HAND}",
        "mae",
    ),
    "absolute, SGD": (SGD, f"loss = nn.L1Loss()(a[0] * x + a[1], y)\n{BY_OPT}", "mae"),
    "absolute, momentum": (
        "opt = torch.optim.SGD([a], lr=0.05, momentum=0.9)",
        f"loss = F.l1_loss(X @ a, y)\n{BY_OPT}",
        "mae",
    ),
    "absolute, Adam": (
        "opt = torch.optim.Adam([a], lr=lr)",
        f"loss = F.l1_loss(X @ a, y)\n{BY_OPT}",
        "mae",
    ),
    "absolute, a rate that decays": (
        f"{SGD}\nscheduler = torch.optim.lr_scheduler.ExponentialLR(opt, 0.95)",
        f"loss = F.l1_loss(X @ a, y)\n{BY_OPT}".replace("return", "scheduler.step()\nreturn"),
        "mae",
    ),
    "absolute, batches": (
        "g = torch.Generator().manual_seed(0)",
        f"some = torch.randint(100, (16,), generator=g)\nloss = F.l1_loss(X[some] @ a, y[some])\n{BY_HAND}",
        "mae",
    ),
    "absolute, NumPy": (
        "a = b",
        "s = np.sign(b[0] * u + b[1] - v)\nb[0] -= lr * (s * u).mean()\nb[1] -= lr * s.mean()",
        "mae",
    ),
    "absolute, a model": (MODEL, f"loss = F.l1_loss(a(x[:, None])[:, 0], y)\n{BY_OPT}", "mae"),
    "absolute, float32": (
        "a = nn.Parameter(torch.tensor([-1.0, 1.0]))\nX, y = X.float(), y.float()",
        f"loss = F.l1_loss(X @ a, y)\n{BY_HAND}",
        "mae",
    ),
    "Huber": ("", f"loss = F.huber_loss(X @ a, y)\n{BY_HAND}", "huber"),
    "Huber, smooth": ("", f"loss = F.smooth_l1_loss(X @ a, y)\n{BY_HAND}", "huber"),
    "Huber, where": (
        SGD,
        f"r = (X @ a - y).abs()\nloss = torch.where(r < 1, r ** 2 / 2, r - 0.5).mean()\n{BY_OPT}",
        "huber",
    ),
    "Huber, NumPy": (
        "a = b",
        "r = np.clip(b[0] * u + b[1] - v, -1, 1)\nb[:] -= lr * np.array([(r * u).mean(), r.mean()])",
        "huber",
    ),
    "Huber, a clipped gradient": (
        SGD,
        f"loss = F.huber_loss(X @ a, y)\n{BY_OPT}".replace(
            "opt.step", "nn.utils.clip_grad_norm_([a], 0.3)\nopt.step"
        ),
        "huber",
    ),
    "Huber, weight decay": (
        "opt = torch.optim.SGD([a], lr=lr, weight_decay=0.01)",
        f"loss = F.huber_loss(X @ a, y)\n{BY_OPT}",
        "huber",
    ),
    "Huber, one point at a time": (
        "i = [0]",
        f"i[0] = (i[0] + 37) % 100\nloss = F.huber_loss(X[i] @ a, y[i])\n{BY_HAND}",
        "huber",
    ),
    "cross-entropy, logits": (
        "lr = 0.5",
        f"loss = F.binary_cross_entropy_with_logits(X @ a, y)\n{BY_HAND}",
        "cross_entropy",
    ),
    "cross-entropy, sigmoid": (
        "lr = 0.5",
        f"loss = F.binary_cross_entropy(torch.sigmoid(X @ a), y)\n{BY_HAND}",
        "cross_entropy",
    ),
    "cross-entropy, written out": (
        "lr = 0.5",
        "p = 1 / (1 + torch.exp(-(X @ a)))\n"
        f"loss = -(y * p.log() + (1 - y) * (1 - p).log()).mean()\n{BY_HAND}",
        "cross_entropy",
    ),
    "cross-entropy, Ng's": (
        "a, lr = b, 0.5",
        "h = 1 / (1 + np.exp(-(b[0] * u + b[1])))\n"
        "b[:] -= lr / len(v) * np.array([((h - v) * u).sum(), (h - v).sum()])",
        "cross_entropy",
    ),
    "cross-entropy, a model": (
        MODEL,
        f"loss = nn.BCEWithLogitsLoss()(a(x[:, None]), y[:, None])\n{BY_OPT}",
        "cross_entropy",
    ),
    "cross-entropy, Adam": (
        "opt = torch.optim.Adam([a], lr=lr)",
        f"loss = F.binary_cross_entropy_with_logits(X @ a, y)\n{BY_OPT}",
        "cross_entropy",
    ),
    "cross-entropy, two calls": (
        "n = [0]",
        "n[0] += 1\nloss = F.binary_cross_entropy_with_logits(X @ a, y) / 2\nloss.backward()\n"
        "if n[0] % 2 == 0:\n    a.data -= lr * a.grad\n    a.grad = None",
        "cross_entropy",
    ),
    "absolute, two points, Adam": (
        "P = [1, 2], [1, 3]\nX, y = torch.tensor([[1, 1], [2, 1.0]]).double(), torch.tensor([1, 3])\n"
        "opt = torch.optim.Adam([a], lr=0.01)",
        f"loss = F.l1_loss(X @ a, y)\n{BY_OPT}",
        "mae",
    ),
    "absolute, smaller steps at first": (
        "a, t = b, [0]",
        "t[0] += 1\ns = np.sign(b[0] * u + b[1] - v)\nrate = lr if t[0] > 5 else 0.01 * lr\n"
        "b[:] -= rate * np.array([(s * u).mean(), s.mean()])",
        "mae",
    ),
    "absolute, steps divided by a length": (
        "a, u, v = b, u / 1000, v / 1000\nP = u, v",
        "s = np.sign(b[0] * u + b[1] - v)\ng = np.array([(s * u).mean(), s.mean()])\n"
        "b[:] -= lr * g / (1 + np.abs(g).sum())",
        "mae",
    ),
    "absolute, ridge, drawn towards 0": (
        "a, lr = b, 0.01\nv = np.full(100, 2.0)\nP = u, v",
        "s = np.sign(b[0] * u + b[1] - v)\n"
        "b[:] -= lr * np.array([(s * u).mean() + 0.2 * b[0], s.mean()])\n"
        "b[:] = np.sign(b) * np.maximum(np.abs(b) - 0.01, 0)",
        {"loss": "mae", "ridge": 0.1},
    ),
    "absolute, variance-reduced: SVRG, on points of one side": (
        "a, t, rng = b, [0], np.random.default_rng(4)\nu, v = u[:10], v[:10] + 2\nP = u, v\n"
        "def signs(at, i):\n    s = np.sign(at[0] * u[i] + at[1] - v[i])\n"
        "    return np.array([(s * u[i]).mean(), s.mean()])",
        "if t[0] % 20 == 0:\n    signs.at = b.copy()\nt[0] += 1\ni = rng.integers(10, size=2)\n"
        "all = slice(None)\nb[:] -= lr * (signs(b, i) - signs(signs.at, i) + signs(signs.at, all))",
        "mae",
    ),
    "absolute, variance-reduced: SVRG, in an order in which nothing changes": (
        "a, t, order = b, [0], np.argsort(-u)\nu, v = u[order], v[order] + 5\nP = u, v\n"
        "def signs(at, i):\n    s = np.sign(at[0] * u[i] + at[1] - v[i])\n"
        "    return np.array([(s * u[i]).mean(), s.mean()])\nkept = b.copy(), signs(b, slice(None))",
        "i = slice(t[0] % 100, t[0] % 100 + 1)\nt[0] += 1\n"
        "b[:] -= lr * (signs(b, i) - signs(kept[0], i) + kept[1])",
        "mae",
    ),
    "absolute, variance-reduced: SAG": (
        "a, t = b, [0]\nu, v = u[:10], v[:10] + 1\nP = u, v\ns = np.sign(b[0] * u + b[1] - v)",
        "i = t[0] % 10\nt[0] += 1\ns[i] = np.sign(b[0] * u[i] + b[1] - v[i])\n"
        "b[:] -= lr * np.array([(s * u).mean(), s.mean()])",
        "mae",
    ),
    "ridge": (
        "",
        f"loss = ((X @ a - y) ** 2).mean() + 0.1 * a[0] ** 2\n{BY_HAND}",
        {"loss": "mse", "ridge": 0.1},
    ),
    "absolute, ridge": (
        "",
        f"loss = (X @ a - y).abs().mean() + 0.1 * a[0] ** 2\n{BY_HAND}",
        {"loss": "mae", "ridge": 0.1},
    ),
}


def widget(setup, lines, loss) -> GDWidget:
    """The widget of such a program."""
    options = loss if isinstance(loss, dict) else {"loss": loss}
    points = YES_OR_NO if options.get("loss") == "cross_entropy" else POINTS
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    source = f"{SETUP}{setup}\ndef update():\n{body}"
    file = f"<of losses {hash(source)}>"
    linecache.cache[file] = len(source), None, source.splitlines(True), file
    cell = {"P": points}
    exec(compile(source, file, "exec"), cell)
    return GDWidget(*cell["P"], params=cell["a"], update=cell["update"], **options)
