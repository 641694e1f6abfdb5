"""Files of others: folders that nothing leads out of, ignored paths, and plain data."""
