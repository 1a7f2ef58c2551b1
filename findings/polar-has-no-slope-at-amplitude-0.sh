#!/bin/sh
# An amplitude of 0 never leaves 0, if torch.polar makes the wave of it.
#
# Versions: torch 2.13.0 (CPU), Python 3.11.
# Guess before: polar(a, angle) is a times a number that a has no part in, so its slope in a is the same
#   for every a, and training may begin at 0.
# Seen: by backward() the slope at a = 0 is 0, where the cosine written out has 0.955; by forward mode it is
#   right, and at a = 0.001 both are. Nothing is raised, and the amplitude of a wave, begun at 0, is still 0
#   after 300 steps that bring it to 2 from 0.001.
# Why: the slope is read off the direction of the number that came out, and 0 has no direction.
# Who feels it: fits of waves and spectra whose amplitudes begin at 0, as weights and guesses do.
# Output:
#   the slope in a, at a =             0  0.001
#   polar, backwards               0.000  0.955
#   polar, forwards                0.955  0.955
#   a cos, backwards               0.955  0.955
#   a after 300 steps, from a =        0  0.001
#   polar                          0.000  2.000
#   a cos                          2.000  2.000
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
import torch

PHASE = torch.tensor(0.3)
ANGLES = torch.linspace(0, 6, 50) + PHASE
WAVE = 2 * torch.cos(ANGLES)
STARTS = (0.0, 0.001)


def by_polar(a, angles):
    return torch.polar(a.expand_as(angles), angles).real


def by_cosine(a, angles):
    return a * torch.cos(angles)


def backwards(wave, start):
    a = torch.tensor(start, requires_grad=True)
    wave(a, PHASE).backward()
    return a.grad.item()


def forwards(wave, start):
    return torch.func.jacfwd(lambda a: wave(a, PHASE))(torch.tensor(start)).item()


def trained(wave, start):
    a = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([a], lr=0.1)
    for _ in range(300):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(wave(a, ANGLES), WAVE).backward()
        optimizer.step()
    return a.item()


def line(name, numbers):
    print(f"{name:<29}", *(f"{number:6.3f}" for number in numbers))


print("the slope in a, at a =             0  0.001")
line("polar, backwards", (backwards(by_polar, start) for start in STARTS))
line("polar, forwards", (forwards(by_polar, start) for start in STARTS))
line("a cos, backwards", (backwards(by_cosine, start) for start in STARTS))
print("a after 300 steps, from a =        0  0.001")
line("polar", (trained(by_polar, start) for start in STARTS))
line("a cos", (trained(by_cosine, start) for start in STARTS))
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
the slope in a, at a =             0  0.001
polar, backwards               0.000  0.955
polar, forwards                0.955  0.955
a cos, backwards               0.955  0.955
a after 300 steps, from a =        0  0.001
polar                          0.000  2.000
a cos                          2.000  2.000
EXPECTED
diff "$folder/expected" "$folder/seen"
