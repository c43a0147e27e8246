"""Tests of the scripts that come with the program."""
