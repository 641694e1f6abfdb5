"""HTML around shortcodes: its tokens, tags and contexts, and the edits that it allows."""
