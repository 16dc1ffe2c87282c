"""Letters, numbers, and what units, places and people are called: for whoever reads a message, a file or a sheet."""
