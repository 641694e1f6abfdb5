"""An example plug-in: a handler and a renderer, found through entry points."""
