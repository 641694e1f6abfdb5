"""The benchmark's parts: who takes part, how each is run and timed, and how that is told."""
