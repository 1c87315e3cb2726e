"""Runs the benchmarks named on the command line, or all."""

import sys

from benchmarks import commit, slash

ALL = {"slash": slash.main, "commit": commit.main}

for name in sys.argv[1:] or ALL:
    ALL[name]()
