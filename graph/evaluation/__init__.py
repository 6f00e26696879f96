"""What readers labelled by hand beside what a built graph says: figures with intervals, samples, phrases to add."""

from graph.evaluation.agreement import Agreement, agreement
from graph.evaluation.compare import evaluate
from graph.evaluation.figures import Bin, Calibration, Case, Estimate, Evaluation, Scheme, Score, Unfound
from graph.evaluation.label_files import LabelFile, Labelled, read_labels, sentence_key
from graph.evaluation.reach import Reach, reach
from graph.evaluation.sample import Drawn, draw
from graph.evaluation.suggest import Suggestion, suggest
from graph.evaluation.told import Labels, Told, ToldGraph

__all__ = [
    "Agreement",
    "Bin",
    "Calibration",
    "Case",
    "Drawn",
    "Estimate",
    "Evaluation",
    "LabelFile",
    "Labelled",
    "Labels",
    "Reach",
    "Scheme",
    "Score",
    "Suggestion",
    "Told",
    "ToldGraph",
    "Unfound",
    "agreement",
    "draw",
    "evaluate",
    "reach",
    "read_labels",
    "sentence_key",
    "suggest",
]
