"""Tests. Small matrices are left to one thread here, too, as `today_feeling.cli` has it."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy reads it when it is imported
