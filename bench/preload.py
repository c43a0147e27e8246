"""What the fork server loads, once for all processes that it forks: what players and sweepers import, and the scripts.

(Not the player itself: multiprocessing runs the main module anew in every process.)
"""

import tests.databases  # noqa: F401
from bench.told import make_readable_office

make_readable_office()
