"""The tags of `{% load shortcodes %}`."""
