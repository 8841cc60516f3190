"""`python -m evaluation`."""

import sys

from evaluation.command import main

# The guard matters: worker processes of `speed` import this module again.
if __name__ == "__main__":
    sys.exit(main())
