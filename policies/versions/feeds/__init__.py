"""Changes for feed readers: Atom (RFC 4287) and JSON Feed 1.1 of all documents, of one, and of one section.

`events` finds what happened, `entries` puts it into words, `writing` makes bytes of it and knows nothing of this site.
"""
