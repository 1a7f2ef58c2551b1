#!/bin/sh
# torch.optim.ASGD trains float64 parameters with a learning rate of 32 bits.
#
# Versions: torch 2.13.0 (CPU), Python 3.11.
# Guess before: lr=0.1 is 0.1, and a step of float64 parameters is right to 16 digits, as the steps
#   of the other classes are.
# Seen: the rate that ASGD keeps in its state has the default type, so 0.1 is 0.100000001490116, and
#   every later rate is rounded alike: at step 5 the parameter has 8 right digits, for a loop
#   (foreach=False) and for lists (foreach=True) alike. SGD has all of them. Where
#   torch.set_default_dtype(torch.float64) was called before, ASGD has them too.
# Who feels it: whoever compares rules, or their own code with the library's, to many digits.
# Output (how far the parameter at step 5 is from the formula's):
#   SGD                           0.0e+00
#   ASGD, foreach=False           2.9e-09
#   ASGD, foreach=True            2.9e-09
#   ASGD, default type float64    0.0e+00
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
import torch

LR, LAMBD, ALPHA, STEPS = 0.1, 1e-4, 0.75, 5


def trained(make):
    """The parameter after some steps down a slope of 1."""
    a = torch.nn.Parameter(torch.tensor(1.0, dtype=torch.float64))
    optimizer = make([a])
    for _ in range(STEPS):
        optimizer.zero_grad()
        a.backward()
        optimizer.step()
    return a.item()


def formula():
    """The same by ASGD's formula, with Python's numbers of 64 bits."""
    a, rate = 1.0, LR
    for step in range(1, STEPS + 1):
        a = a * (1 - LAMBD * rate) - rate
        rate = LR / (1 + LAMBD * LR * step) ** ALPHA
    return a


def averaged(**options):
    return lambda params: torch.optim.ASGD(params, LR, LAMBD, ALPHA, **options)


def off(name, params, right):
    print(f"{name:<27}", f"{abs(params - right):9.1e}")


plain = 1.0
for _ in range(STEPS):
    plain -= LR
off("SGD", trained(lambda params: torch.optim.SGD(params, LR)), plain)
off("ASGD, foreach=False", trained(averaged(foreach=False)), formula())
off("ASGD, foreach=True", trained(averaged(foreach=True)), formula())
torch.set_default_dtype(torch.float64)
off("ASGD, default type float64", trained(averaged()), formula())
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
SGD                           0.0e+00
ASGD, foreach=False           2.9e-09
ASGD, foreach=True            2.9e-09
ASGD, default type float64    0.0e+00
EXPECTED
diff "$folder/expected" "$folder/seen"
