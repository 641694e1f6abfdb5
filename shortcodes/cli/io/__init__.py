"""Reading, writing and printing, for all commands."""
