"""The lenient dialect: a text is read as its author meant it, whatever became of its quotes."""
