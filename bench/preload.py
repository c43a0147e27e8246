"""What the fork server loads, once for all processes that it forks: everything that plays and sweeps, and the scripts."""


import bench.quarter  # noqa: F401
from bench.told import make_readable_office

make_readable_office()
