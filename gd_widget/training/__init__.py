"""Steps made and kept: one run, several, by whichever engine."""
