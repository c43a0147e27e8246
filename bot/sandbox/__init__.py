"""A Bot API emulator and a page to play the desk in."""
