"""Shouwen 首问: the support desk."""
