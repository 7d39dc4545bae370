"""All benchmarks, one after the other: `make bench`, or `make bench ARGS=redline` for some of them."""

import importlib
import sys

NAMES = ("redline", "pages", "timeline", "ledger", "verifier", "sending", "consent")

for name in sys.argv[1:] or NAMES:
    print(f"\n=== {name}", flush=True)
    importlib.import_module(f"tests.bench.{name}").main()
