"""Committee packs and action plans: meetings, resolutions, and plans row by row."""
