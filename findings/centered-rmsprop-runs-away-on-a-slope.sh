#!/bin/sh
# torch.optim.RMSprop(centered=True) runs away on a straight slope, faster with every step.
#
# Versions: torch 2.13.0 (CPU), Python 3.11.
# Guess before: a rule that divides the gradient by a measure of its size makes steps of about the
#   learning rate, whatever the slope; centered or not.
# Seen: where the gradient stays the same, steps become e times as long every 200 steps: 23,000 times
#   the learning rate at step 2,000. Down a slope of 0.1 the parameter is NaN from step 3,226 on: the
#   variance, a difference of two rounded averages, came out below zero, and its root was taken.
#   Without `centered` a step is soon as long as the rate.
# Why: the variance of a gradient that does not change is zero. All that is left of it, alpha to the
#   power of the step, comes from the zeros with which both averages begin.
# Who feels it: losses with straight sides, as the mean absolute error and Huber's, far from the best.
# Output:
#   step in rates    at 1  at 1000  at 2000
#   centered=False       10        1        1
#   centered=True        10  1.5e+02  2.3e+04
#   slope 0.1, centered=True: nan from step 3226 on
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
import torch

LR = 1e-3


def path(slope, centered):
    """The parameter after each step down a line of that slope."""
    a = torch.nn.Parameter(torch.tensor(100.0, dtype=torch.float64))
    optimizer = torch.optim.RMSprop([a], lr=LR, centered=centered)
    while True:
        yield a.item()
        optimizer.zero_grad()
        (slope * a).backward()
        optimizer.step()


print("step in rates    at 1  at 1000  at 2000")
for centered in (False, True):
    places = [place for place, _ in zip(path(1.0, centered), range(2001), strict=False)]
    steps = [(places[step - 1] - places[step]) / LR for step in (1, 1000, 2000)]
    print(f"{f'centered={centered}':<14}", *(f"{step:>8.2g}" for step in steps))
for step, place in enumerate(path(0.1, centered=True)):
    if place != place or step == 5000:
        print(f"slope 0.1, centered=True: {place} from step {step} on")
        break
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
step in rates    at 1  at 1000  at 2000
centered=False       10        1        1
centered=True        10  1.5e+02  2.3e+04
slope 0.1, centered=True: nan from step 3226 on
EXPECTED
diff "$folder/expected" "$folder/seen"
