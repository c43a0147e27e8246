"""Tests of the schedule half."""
