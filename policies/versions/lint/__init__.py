"""What a lawyer would underline in a policy. It warns; it never rewrites and never refuses.

`findings` is a pure rule: a document in, remarks out. All rules stand in `rules.py`; one file per family looks for them.
"""

from .controller import controller_facts
from .finding import Finding, Rule, Severity
from .looking import findings
from .rules import RULES
from .text import ControllerFacts

__all__ = ["RULES", "ControllerFacts", "Finding", "Rule", "Severity", "controller_facts", "findings"]
