"""The domain: standard library only, synchronous, no clock, no ids out of thin air."""
