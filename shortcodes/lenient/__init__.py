"""The lenient dialect reads a text as its author meant it, even if its quotes are damaged."""
