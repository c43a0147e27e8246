"""What the fork server loads, once for all processes that it forks: whatever plays and sweeps, and the scripts."""

import bench.quarter
import bench.regular  # noqa: F401  # whichever was started: multiprocessing reads the main module anew in every process
from bench.told import make_readable_office

make_readable_office()
