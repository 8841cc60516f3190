from __future__ import annotations

import sys
from pathlib import Path

# `evaluation` is no part of the installed package: it is found from the checkout, however pytest was started.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
