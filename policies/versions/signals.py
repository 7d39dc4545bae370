"""The seam by which higher parts learn of versions."""

from django.dispatch import Signal

version_announced = Signal()
"""Sent inside the announcing transaction, with `version`: what fails here announces nothing."""

translation_added = Signal()
"""Sent inside the transaction that adds a language to a version or corrects one, with `text`."""

version_acted = Signal()
"""Sent inside the transaction in which a version is cancelled, corrected or withdrawn, with `act`."""
