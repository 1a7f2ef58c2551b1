"""More code that is right, in the styles of courses and libraries: see right_code.py.

It is written as text, with what comes before update() and its lines, as a reader's cells are.
"""

from __future__ import annotations

T = "x, y, a = t.x[:, 0], t.y, t.a\n"
ONES = "x, y, a = t.x, t.y, t.a\n"
N = "x, y, a = t.arrays()\nX = np.stack([x, np.ones_like(x)], 1)\n"

STEPPED = "    with torch.no_grad():\n        a -= t.lr * a.grad\n        a.grad.zero_()\n"

STYLES = {
    "fastai_mse": (
        ONES + "def mse(y_hat, y): return ((y_hat - y) ** 2).mean()\n",
        "y_hat = x @ a\nloss = mse(y, y_hat)\nloss.backward()\nwith torch.no_grad():\n    a.sub_(t.lr * a.grad)\n    a.grad.zero_()",
    ),
    "fastai_apply_step": (
        T
        + "def f(v, params): return params[0] * v + params[1]\n"
        + "def apply_step(params):\n    loss = ((f(x, params) - y) ** 2).mean()\n    loss.backward()\n"
        + "    params.data -= t.lr * params.grad.data\n    params.grad = None\n    return f(x, params)\n",
        "apply_step(a)",
    ),
    "fastai_optimiser_class": (
        ONES
        + "class BasicOptim:\n    def __init__(self, params, lr): self.params, self.lr = list(params), lr\n"
        + "    def step(self):\n        for p in self.params: p.data -= p.grad.data * self.lr\n"
        + "    def zero_grad(self):\n        for p in self.params: p.grad = None\n"
        + "opt = BasicOptim([a], t.lr)\n",
        "F.mse_loss(x @ a, y).backward()\nopt.step()\nopt.zero_grad()",
    ),
    "fastai_rmse": (
        ONES,
        "loss = F.mse_loss(x @ a, y).sqrt()\nloss.backward()\na.data -= 0.05 * a.grad\na.grad.zero_()\nreturn loss",
    ),
    "d2l_sum_over_n": (
        ONES
        + "def sgd(params, lr, n):\n    with torch.no_grad():\n        for p in params:\n            p -= lr * p.grad / n\n            p.grad.zero_()\n",
        "l = (x @ a - y) ** 2 / 2\nl.sum().backward()\nsgd([a], 0.3, len(y))",
    ),
    "d2l_batches": (
        ONES
        + "rng = np.random.default_rng(2)\n"
        + "def sgd(params, lr, n):\n    with torch.no_grad():\n        for p in params:\n            p -= lr * p.grad / n\n            p.grad.zero_()\n",
        "i = rng.choice(len(y), 10, replace=False)\nl = (x[i] @ a - y[i]) ** 2 / 2\nl.sum().backward()\nsgd([a], 0.1, 10)",
    ),
    "tutorial_by_hand": (
        "x, y, a = t.x[:, 0], t.y, t.a.detach().clone()\n",
        "y_pred = a[1] + a[0] * x\nloss = (y_pred - y).pow(2).mean().item()\ngrad_y_pred = 2.0 * (y_pred - y) / len(y)\na[1] -= t.lr * grad_y_pred.sum()\na[0] -= t.lr * (grad_y_pred * x).sum()",
    ),
    "tutorial_sum": (
        ONES + "lr = 1e-3\n",
        "loss = (x @ a - y).pow(2).mean()\nloss.backward()\nwith torch.no_grad():\n    a -= lr * a.grad\n    a.grad = None",
    ),
    "tutorial_loader": (
        ONES
        + "from itertools import cycle\nfrom torch.utils.data import DataLoader, TensorDataset\n"
        + "batches = cycle(DataLoader(TensorDataset(x.detach(), y), batch_size=25))\nopt = torch.optim.SGD([a], lr=t.lr)\n",
        "xb, yb = next(batches)\nopt.zero_grad()\nF.mse_loss(xb @ a, yb).backward()\nopt.step()",
    ),
    "tutorial_mse_loss_object": (
        ONES + "loss_fn = nn.MSELoss()\nopt = torch.optim.SGD([a], lr=t.lr)\n",
        "loss = loss_fn(x @ a, y)\nloss.backward()\nopt.step()\nopt.zero_grad()\nreturn loss.item()",
    ),
    "ng_loop": (
        N,
        "m = len(y)\nh = X @ a\na[:] = a - t.lr / m * (X.T @ (h - y))",
    ),
    "ng_temporaries": (
        N,
        "e = X @ a - y\ntemp0 = a[0] - t.lr * 2 * (e * x).mean()\ntemp1 = a[1] - t.lr * 2 * e.mean()\na[0], a[1] = temp0, temp1",
    ),
    "ng_for_each_point": (
        N,
        "g = np.zeros(2)\nfor one in range(len(y)):\n    e = a[0] * x[one] + a[1] - y[one]\n    g += 2 * e * np.array([x[one], 1.0])\na[:] -= t.lr * g / len(y)",
    ),
    "ng_cost_returned": (
        N,
        "e = X @ a - y\na[:] -= t.lr * 2 * X.T @ e / len(y)\nreturn float(e @ e / len(y))",
    ),
    "ng_ridge": (N, "e = X @ a - y\na[:] -= t.lr * (2 * X.T @ e / len(y) + 0.2 * a)"),
    "jax_value_and_grad": (
        N
        + "def loss_fn(p): return ((X @ p - y) ** 2).mean()\n"
        + "def grad_fn(p): return 2 * X.T @ (X @ p - y) / len(y)\n",
        "value, grads = loss_fn(a), grad_fn(a)\na[...] = a - t.lr * grads\nreturn value",
    ),
    "jax_tree_of_tensors": (
        T,
        "g, = torch.autograd.grad(((a[0] * x + a[1] - y) ** 2).mean(), a)\na.data = a.data - t.lr * g",
    ),
    "torch_func_grad": (
        "x, y, a = t.x, t.y, t.a.detach().clone()\nloss = lambda p: ((x @ p - y) ** 2).mean()\n",
        "a.sub_(t.lr * torch.func.grad(loss)(a))",
    ),
    "numeric_gradient": (
        N + "def loss(p): return ((X @ p - y) ** 2).mean()\n",
        "h = 1e-6\ng = [(loss(a + h * e) - loss(a - h * e)) / (2 * h) for e in np.eye(2)]\na[:] -= t.lr * np.array(g)",
    ),
    "closure_with_state": (
        ONES + "state = {'step': 0}\n",
        "state['step'] += 1\nF.mse_loss(x @ a, y).backward()\na.data -= t.lr / state['step'] ** 0.5 * a.grad\na.grad = None\nreturn state['step']",
    ),
    "cosine": (
        ONES
        + "opt = torch.optim.SGD([a], lr=t.lr)\ns = torch.optim.lr_scheduler.CosineAnnealingLR(opt, 50)\n",
        "opt.zero_grad()\nF.mse_loss(x @ a, y).backward()\nopt.step()\ns.step()",
    ),
    "one_cycle": (
        ONES
        + "opt = torch.optim.SGD([a], lr=t.lr, momentum=0.9)\ns = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=t.lr, total_steps=80)\n",
        "opt.zero_grad()\nF.mse_loss(x @ a, y).backward()\nopt.step()\ns.step()",
    ),
    "plateau": (
        ONES
        + "opt = torch.optim.Adam([a], lr=0.1)\ns = torch.optim.lr_scheduler.ReduceLROnPlateau(opt)\n",
        "opt.zero_grad()\nloss = F.mse_loss(x @ a, y)\nloss.backward()\nopt.step()\ns.step(loss.item())\nreturn loss",
    ),
    "ema": (
        ONES + "ema = a.detach().clone()\n",
        "F.mse_loss(x @ a, y).backward()\nwith torch.no_grad():\n    a.sub_(t.lr * a.grad)\n    a.grad.zero_()\n    ema.mul_(0.9).add_(0.1 * a)",
    ),
    "ema_of_loss": (
        ONES + "seen = [0.0]\n",
        "loss = F.mse_loss(x @ a, y)\nloss.backward()\na.data -= t.lr * a.grad\na.grad = None\nseen[0] = 0.9 * seen[0] + 0.1 * loss.item()\nreturn seen[0]",
    ),
    "accumulated": (
        ONES + "opt = torch.optim.SGD([a], lr=t.lr)\n",
        "opt.zero_grad()\nfor i in range(4):\n    (F.mse_loss(x[i::4] @ a, y[i::4]) / 4).backward()\nopt.step()",
    ),
    "accumulated_in_four_calls": (
        ONES + "calls = iter(range(10 ** 6))\nopt = torch.optim.SGD([a], lr=t.lr)\n",
        "i = next(calls) % 4\n(F.mse_loss(x[i::4] @ a, y[i::4]) / 4).backward()\nif i == 3:\n    opt.step()\n    opt.zero_grad()",
    ),
    "several_steps_in_a_call": (
        ONES,
        "for _ in range(5):\n    F.mse_loss(x @ a, y).backward()\n    a.data -= t.lr * a.grad\n    a.grad = None",
    ),
    "adam_by_hand": (
        N + "m, v, n = np.zeros(2), np.zeros(2), [0]\n",
        "n[0] += 1\ng = 2 * X.T @ (X @ a - y) / len(y)\nm[:] = 0.9 * m + 0.1 * g\nv[:] = 0.999 * v + 0.001 * g * g\na[:] -= 0.1 * m / (1 - 0.9 ** n[0]) / (np.sqrt(v / (1 - 0.999 ** n[0])) + 1e-8)",
    ),
    "adagrad_by_hand": (
        N + "s = np.zeros(2)\n",
        "g = 2 * X.T @ (X @ a - y) / len(y)\ns[:] += g * g\na[:] -= 0.5 * g / np.sqrt(s + 1e-8)",
    ),
    "nesterov_by_hand": (
        N + "v = np.zeros(2)\n",
        "ahead = a - t.lr * 0.9 * v\ng = 2 * X.T @ (X @ ahead - y) / len(y)\nv[:] = 0.9 * v + g\na[:] -= t.lr * v",
    ),
    "signs_only": (N, "g = 2 * X.T @ (X @ a - y) / len(y)\na[:] -= 0.01 * np.sign(g)"),
    "normalised_gradient": (
        N,
        "g = 2 * X.T @ (X @ a - y) / len(y)\na[:] -= 0.02 * g / (np.linalg.norm(g) + 1e-12)",
    ),
    "one_parameter_after_the_other": (
        N,
        "a[0] -= t.lr * 2 * ((X @ a - y) * x).mean()\na[1] -= t.lr * 2 * (X @ a - y).mean()",
    ),
    "coordinates_in_turn": (
        N + "calls = iter(range(10 ** 6))\n",
        "i = next(calls) % 2\na[i] -= t.lr * 2 * ((X @ a - y) * X[:, i]).mean()",
    ),
    "rates_of_their_own": (
        ONES,
        "F.mse_loss(x @ a, y).backward()\na.data -= torch.tensor([0.2, 0.05], dtype=a.dtype) * a.grad\na.grad = None",
    ),
    "damped_newton": (
        N,
        "H = 2 * X.T @ X / len(y)\na[:] -= 0.3 * np.linalg.solve(H, 2 * X.T @ (X @ a - y) / len(y))",
    ),
    "least_squares_at_once": (N, "a[:] = np.linalg.lstsq(X, y, rcond=None)[0]"),
    "noise_in_the_gradient": (
        ONES + "g = torch.Generator().manual_seed(1)\n",
        "F.mse_loss(x @ a, y).backward()\na.data -= t.lr * (a.grad + 0.3 * torch.randn(2, generator=g).to(a.dtype))\na.grad = None",
    ),
    "dropout_of_points": (
        ONES + "g = torch.Generator().manual_seed(1)\n",
        "keep = torch.rand(len(y), generator=g) < 0.5\n((x @ a - y)[keep] ** 2).mean().backward()\na.data -= t.lr * a.grad\na.grad = None",
    ),
    "l2_in_the_loss": (
        ONES,
        "loss = F.mse_loss(x @ a, y) + 0.05 * a[0] ** 2\nloss.backward()\na.data -= t.lr * a.grad\na.grad = None\nreturn loss",
    ),
    "accuracy_returned": (
        ONES,
        "guess = x @ a\nF.mse_loss(guess, y).backward()\na.data -= t.lr * a.grad\na.grad = None\nreturn 1 - ((guess - y) ** 2).sum() / ((y - y.mean()) ** 2).sum()",
    ),
}
"""What comes before update(), and its lines. t is a Lesson."""

OF_Z = {
    "z": ("z = (x - x.mean()) / x.std()\n", "z", "y"),
    "v": ("v = (y - y.mean()) / y.std()\n", "x", "v"),
    "z_and_v": (
        "z = (x - x.mean()) / x.std()\nv = (y - y.mean()) / y.std()\n",
        "z",
        "v",
    ),
    "min_max": ("z = (x - x.min()) / (x.max() - x.min())\n", "z", "y"),
    "hundredths": ("z = x / 100\n", "z", "y"),
}

WAYS = {
    "tensors": (
        T,
        "(({0} * a[0] + a[1] - {1}) ** 2).mean().backward()\na.data -= 0.1 * a.grad\na.grad = None",
    ),
    "adam": (
        T + "opt = torch.optim.Adam([a], lr=0.1)\n",
        "opt.zero_grad()\nloss = (({0} * a[0] + a[1] - {1}) ** 2).mean()\nloss.backward()\nopt.step()\nreturn loss",
    ),
    "arrays": (
        N,
        "r = {0} * a[0] + a[1] - {1}\na[:] -= 0.1 * 2 * np.array([(r * {0}).mean(), r.mean()])\nreturn (r ** 2).mean()",
    ),
    "momentum": (
        N + "m = np.zeros(2)\n",
        "r = {0} * a[0] + a[1] - {1}\nm[:] = 0.9 * m + 2 * np.array([(r * {0}).mean(), r.mean()])\na[:] -= 0.05 * m\nreturn (r ** 2).mean()",
    ),
}

STANDARDIZED = {
    f"{way}_of_{name}": (before + made, lines.format(x, y))
    for name, (made, x, y) in OF_Z.items()
    for way, (before, lines) in WAYS.items()
} | {
    "huber": (
        ONES,
        "F.huber_loss(x @ a, y, delta=0.5).backward()\na.data -= t.lr * a.grad\na.grad = None",
    ),
}
"""Right, too, but for other points than those that the widget shows, or another loss."""


def made(style: tuple[str, str], t):
    """An update() in this style, and its parameters."""
    import numpy as np
    import torch

    before, lines = style
    cell = {"t": t, "np": np, "torch": torch, "nn": torch.nn, "F": torch.nn.functional}
    body = "".join(f"    {line}\n" for line in lines.split("\n"))
    exec(f"{before}def update():\n    global a\n{body}", cell)
    return cell["update"], cell["a"]
