"""Export of the catalogue by the very columns that an import reads."""
