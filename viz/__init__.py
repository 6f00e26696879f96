"""Pages of networks, drawn from the answers to questions: self-contained, offline, with the evidence a click away."""

from viz.site import VIEWS, write_page, write_site

__all__ = ["VIEWS", "write_page", "write_site"]
