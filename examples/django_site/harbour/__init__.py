"""The site of a harbour: pages with shortcodes, in two languages, for readers who may sign in."""
