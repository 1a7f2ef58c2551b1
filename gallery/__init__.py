"""The widget in every state, on one page without a notebook; see make.py."""
