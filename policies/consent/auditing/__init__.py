"""The self-audit: our own pages in a real browser, in each state of consent, and what was there that should not have been.

`states` what is tried · `places` where it begins · `browser` and `crawl` what is seen · `declared` and `judging` what of it
was allowed (pure) · `actions` the row that stays · `words` findings for people.
"""
