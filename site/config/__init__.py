"""Settings, addresses and the WSGI entry.

`site/` is a plain folder on `sys.path` (the standard library owns the name `site`), so the root of the project, where the
apps live, has to be put there as well: then every launcher needs to know about `site/` only.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

if str(ROOT) not in sys.path:
    sys.path.insert(1, str(ROOT))
