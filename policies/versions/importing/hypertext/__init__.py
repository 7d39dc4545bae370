"""HTML, walked in reading order."""
