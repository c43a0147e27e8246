"""APScheduler: the metronome of the sweep."""
