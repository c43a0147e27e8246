"""Composition roots: the only place that knows everyone."""
