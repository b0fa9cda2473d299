"""What the public dashboard shows: prepared figures, each with what explains it, for templates and downloads."""
