"""The simulated day, and whoever watches it."""
