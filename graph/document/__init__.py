"""What one document states, as triples: each module writes down one part of its records with one `Pen`."""
