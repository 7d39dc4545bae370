"""What makes a change material, and what the redline suggests.

Pure rules: documents in, sentences for the editor out. They suggest and ask; nothing here decides.
"""

from .contradictions import contradictions
from .sentences import Sentence, sentences_of, split
from .suggesting import suggestions
from .suggestion import Suggestion
from .topics import Topic, topics_of
from .triggers import Trigger

__all__ = [
    "Sentence",
    "Suggestion",
    "Topic",
    "Trigger",
    "contradictions",
    "sentences_of",
    "split",
    "suggestions",
    "topics_of",
]
