"""Import of procedures from a file: read, check, compare with what the portal has, write."""
