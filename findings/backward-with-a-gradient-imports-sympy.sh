#!/bin/sh
# loss.backward() needs no computer algebra; loss.backward(gradient) imports SymPy the first time.
#
# Versions: torch 2.13.0 (CPU), Python 3.11.
# Guess before: both only differ in the number they begin with, 1 or the one given, so neither
#   imports anything that the other does not.
# Seen: after backward() SymPy is not imported; after backward(torch.tensor(1.0)) on a graph like it,
#   it is. Both gradients are the same. In one run the first call took 1 ms, the other 0.5 s and
#   36 MB: it is the check of the gradient's shape, which knows symbolic sizes, that asks for SymPy.
# Who feels it: a program whose first gradient comes by the second form, at its first step. Multiplying
#   the loss by the number, and calling backward() without one, avoids it.
# Output:
#   backward():          sympy imported: False, gradient [6.0, 6.0]
#   backward(gradient):  sympy imported: True, gradient [6.0, 6.0]
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
import sys

import torch

for name, gradient in {"backward()": None, "backward(gradient)": torch.tensor(1.0)}.items():
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = ((torch.ones(5, 2) @ a) ** 2).mean()
    loss.backward(gradient)
    print(f"{name + ':':<20} sympy imported: {'sympy' in sys.modules}, gradient {a.grad.tolist()}")
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
backward():          sympy imported: False, gradient [6.0, 6.0]
backward(gradient):  sympy imported: True, gradient [6.0, 6.0]
EXPECTED
diff "$folder/expected" "$folder/seen"
