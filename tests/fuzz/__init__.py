"""What a widget and its page must be, said once more and plainly, for the fuzzed tests."""
