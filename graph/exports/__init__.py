"""A build, or its model, in the forms that other tools read."""

from graph.exports.forms import FORMATS, OF_THE_MODEL, export, export_model
from graph.exports.tables import export_tables

__all__ = ["FORMATS", "OF_THE_MODEL", "export", "export_model", "export_tables"]
