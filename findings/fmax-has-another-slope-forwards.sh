#!/bin/sh
# At a tie torch.fmax has one slope by backward(), and another by forward mode.
#
# Versions: torch 2.13.0 (CPU), Python 3.11.
# Guess before: at a kink any slope between both sides is right, and a library takes the same one
#   whichever way it goes through the graph, as it does for maximum, relu, clamp and fmin.
# Seen: backward gives fmax's tie to the first argument, forward mode to the second. fmax(z, -z),
#   which is |z|, has slope 1 at 0 backwards and -1 forwards; fmax(z, 0) has 1 and 0.
# Who feels it: losses with a kink (hinge, absolute error by hand) on data where the guess meets a
#   point exactly, as guesses of 0 do: jacfwd and jvp give another slope than backward.
# Output (slope at 0, backwards and forwards):
#   fmax(z, 0)      1     0
#   fmax(z, -z)     1     -1
#   fmin(z, 0)      1     1
#   maximum(z, 0)   0.5   0.5
#   relu(z)         0     0
#   clamp(z, 0)     1     1
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
import torch

FUNCTIONS = {
    "fmax(z, 0)": lambda z: torch.fmax(z, torch.zeros_like(z)),
    "fmax(z, -z)": lambda z: torch.fmax(z, -z),
    "fmin(z, 0)": lambda z: torch.fmin(z, torch.zeros_like(z)),
    "maximum(z, 0)": lambda z: torch.maximum(z, torch.zeros_like(z)),
    "relu(z)": torch.relu,
    "clamp(z, 0)": lambda z: z.clamp(min=0),
}
for name, function in FUNCTIONS.items():
    backwards = torch.tensor(0.0, requires_grad=True)
    function(backwards).backward()
    forwards = torch.func.jacfwd(function)(torch.tensor(0.0))
    print(f"{name:<15} {backwards.grad.item():<5g} {forwards.item():g}")
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
fmax(z, 0)      1     0
fmax(z, -z)     1     -1
fmin(z, 0)      1     1
maximum(z, 0)   0.5   0.5
relu(z)         0     0
clamp(z, 0)     1     1
EXPECTED
diff "$folder/expected" "$folder/seen"
