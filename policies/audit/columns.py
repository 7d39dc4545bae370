"""Cells that an auditor needs and Wagtail has not."""

from wagtail.admin.ui.tables import Column


class MomentColumn(Column):
    """The exact moment in the site's zone, not "two days ago"."""

    cell_template_name = "audit/cells/moment.html"


class HashColumn(Column):
    """The first digits of a hash, with the whole of it where one points; exports have it in full."""

    cell_template_name = "audit/cells/hash.html"


class CodeColumn(Column):
    """Something to be copied letter by letter."""

    cell_template_name = "audit/cells/code.html"


class DeedsColumn(Column):
    """Who wrote, approved and published; when, where one points. And what nobody decided."""

    cell_template_name = "audit/cells/deeds.html"


class ListColumn(Column):
    """Several words, one to a line."""

    cell_template_name = "audit/cells/list.html"


class PublicLinkColumn(Column):
    """A version by its permalink, as the public reads it."""

    cell_template_name = "audit/cells/public_link.html"
