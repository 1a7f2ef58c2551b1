#!/bin/sh
# The cross-entropy of two numbers is computed by as many threads as there are; mse_loss is not.
#
# Versions: torch 2.13.0 (CPU), psutil 7.2.2, Python 3.11, Linux.
# Guess before: PyTorch divides work among threads from some ten thousand numbers on, as mse_loss
#   and softplus do, and takes one thread for a handful.
# Seen: logsigmoid, and binary_cross_entropy_with_logits by it, start the whole pool for two
#   numbers; so does log_softmax, and cross_entropy by it, for two rows. The same cross-entropy as
#   binary_cross_entropy(sigmoid(z)), or by softplus, stays in one thread. Of a single number all do.
# Why: they give each thread at least one vector or one row, whatever its length.
# Who feels it: small logistic regressions where processors are shared, as in a class on one
#   server: each step waits until every thread has had its turn. torch.set_num_threads(1) cures it.
# Output (threads that a first call adds, of 4 that are allowed):
#   of 1 2 16 numbers
#   mse_loss                          0  0  0
#   softplus                          0  0  0
#   binary_cross_entropy of sigmoid   0  0  0
#   logsigmoid                        0  3  3
#   binary_cross_entropy_with_logits  0  3  3
#   log_softmax of rows               0  3  3
#   cross_entropy of rows             0  3  3
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.4.6 psutil==7.2.2
cat > "$folder/added.py" <<'PROGRAM'
"""Print how many threads a first call starts: python added.py PLACE-OF-LOSS NUMBERS."""

import sys

import psutil
import torch
import torch.nn.functional as F

LOSSES = {
    "mse_loss": lambda z: F.mse_loss(z, z + 1),
    "softplus": F.softplus,
    "binary_cross_entropy of sigmoid": lambda z: F.binary_cross_entropy(torch.sigmoid(z), 0 * z),
    "logsigmoid": F.logsigmoid,
    "binary_cross_entropy_with_logits": lambda z: F.binary_cross_entropy_with_logits(z, 0 * z),
    "log_softmax of rows": lambda z: F.log_softmax(torch.stack([z, 0 * z], 1), 1),
    "cross_entropy of rows": lambda z: F.cross_entropy(
        torch.stack([z, 0 * z], 1), torch.zeros(len(z), dtype=torch.long)
    ),
}
torch.set_num_threads(4)
name = list(LOSSES)[int(sys.argv[1])]
numbers = torch.linspace(-1, 1, int(sys.argv[2]), dtype=torch.float64)
threads = psutil.Process().num_threads
before = threads()
LOSSES[name](numbers)
print(f"{name:<32}" if numbers.numel() == 1 else "", f" {threads() - before}", end="")
PROGRAM
{
  echo "of 1 2 16 numbers"
  for loss in 0 1 2 3 4 5 6; do
    for numbers in 1 2 16; do
      "$folder/venv/bin/python" "$folder/added.py" $loss $numbers
    done
    echo
  done
} > "$folder/seen"
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
of 1 2 16 numbers
mse_loss                          0  0  0
softplus                          0  0  0
binary_cross_entropy of sigmoid   0  0  0
logsigmoid                        0  3  3
binary_cross_entropy_with_logits  0  3  3
log_softmax of rows               0  3  3
cross_entropy of rows             0  3  3
EXPECTED
diff "$folder/expected" "$folder/seen"
