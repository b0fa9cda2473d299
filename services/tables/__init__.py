"""Tables that people hand in, CSV or XLSX, as rows by column; the caller says which columns there are."""
