"""Dossier statistics: how many dossiers units received and finished, month by month (docs/statistics.md)."""
