"""Training by the reader's own code: a function update(), or a loop in a cell.

The function is called for each step; the loop hands over its parameters after each of its own.
Both change the reader's own parameters, and keep evidence of how, which the coach judges.

    parameters       the d numbers, wherever they live; kept_grads: their .grad at each row
    reachable_names  what the code can reach; roles: which of it is the parameters, the rate, ...
    source    the code's lines, and the one that failed
    borrowed  parameters that are put back as they were
    prints    what it prints
    watch     the gradients that arrive
    evidence  all that a step did
    shown     the loss that the widget shows; comparison: the evidence, compared with it
    predictions whether a hypothesis predicts all of it
    written   what can be read in the code without running it
    coach     the first mistake that the case proves, of mistakes_in_code, other_losses (and
              other_points, other_guesses, other_kinds, points_of_loss), written_out,
              uneven_steps, mistakes_in_maths
    hints     what an error of Python's is a sign of, seen where it was raised: failure
"""

from gd_widget.own_code.recorder import Recorder
from gd_widget.own_code.update import Update

__all__ = ["Recorder", "Update"]
