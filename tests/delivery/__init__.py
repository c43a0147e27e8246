"""Tests of the delivery half."""
