"""HTML around shortcodes: its tags, what stands inside of them, and which edits they allow."""
