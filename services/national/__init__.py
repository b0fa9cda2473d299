"""Comparison of the catalogue with a file of the national list. It changes nothing in the catalogue."""
