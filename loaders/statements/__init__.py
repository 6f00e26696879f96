"""Sentences in their sections: which are findings, and what each says."""
