"""What `lint` and `fix` do with many files: each is checked, in any process."""
