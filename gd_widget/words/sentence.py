"""The sentence that says what was found out."""

from __future__ import annotations

from gd_widget.core.diagnosis import Diagnosis


def sentence(found: Diagnosis | None) -> str:
    """One sentence, with the evidence; "" for nothing found.

    >>> sentence(Diagnosis.of("too_large", diverged_at=7))
    'Diverged at step 7: the numbers were too large to hold.'
    """
    if found is None:
        return ""
    from gd_widget.words import en  # here, for mostly there is nothing to say

    said: str = getattr(en, found.code)(**found.details)
    return f"{found.run}: {said}" if found.run else said
