"""Tests of pictures and workbooks."""
