"""Shouwen 首问: the support desk."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""numpy reads it when it is imported: what we compute is small, and a second thread only takes a core from the desk."""
