"""The conversation with pages, and what is kept for pages without a kernel."""
