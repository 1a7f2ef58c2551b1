"""Words made of diagnoses: one file per language, and the one that finds the sentence."""
