"""三要三不: what is wrong with a specialist's words, found by rules that are data (see bot/scripts/forbidden)."""
