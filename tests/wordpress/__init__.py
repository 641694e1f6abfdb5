"""The real WordPress functions, answering to the tests."""
