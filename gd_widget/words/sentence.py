"""The sentence that says what was found out."""

from __future__ import annotations

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.words.names import shown_run
from gd_widget.words.say import say


def sentence(found: Diagnosis | None) -> str:
    """One sentence, with the evidence; "" for nothing found.

    >>> sentence(Diagnosis.of("too_large", diverged_at=7))
    'Diverged at step 7: the numbers were too large to hold.'
    """
    if found is None:
        return ""
    from gd_widget.words.every_code import SENTENCES  # here, for mostly there is nothing to say

    said = SENTENCES[found.code](**found.details)
    return say("{run}: {said}", run=shown_run(found.run), said=said) if found.run else said
