"""What follows across documents: each module draws one kind of link from the documents' outlines."""
