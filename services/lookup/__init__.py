"""Looking up levels: which services, shown in which columns, with which totals; for readers and staff alike."""
