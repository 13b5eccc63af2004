"""Reports as a reader gets them: the catalogue, and one renderer for each kind of file."""
