"""From documents to the files and the store of a build: each document once, what links them, and all in its place."""

from graph.building.run import BuildResult, Progress, Timing, build

__all__ = ["BuildResult", "Progress", "Timing", "build"]
