"""Where a gradient comes from."""
