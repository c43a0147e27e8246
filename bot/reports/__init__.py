"""Pictures and workbooks: they are given every word, and add none."""
