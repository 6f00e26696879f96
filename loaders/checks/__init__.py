"""What a kind of document leads one to expect, and arithmetic that must hold."""
