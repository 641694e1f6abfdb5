"""Texts that hold other texts: CDATA sections of XML, and what follows front matter."""
