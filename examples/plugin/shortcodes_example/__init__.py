"""An example plug-in: one handler and one renderer, found through entry points."""
