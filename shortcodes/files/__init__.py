"""Files that others may write to: folders that no path leaves, patterns, JSON and TOML."""
