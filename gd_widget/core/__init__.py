"""Numbers alone: what a step computes, whoever makes it."""
