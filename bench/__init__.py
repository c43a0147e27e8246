"""Simulated days, kills and measurements: what `make soak` and `make bench` run. Nothing in `bot/` knows of it."""
