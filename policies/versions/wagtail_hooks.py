from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def redline_css() -> str:
    """The redline looks the same to editors, auditors and the public."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/redline.css"))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What a page's history in the admin says of its versions."""
    actions.register_action("versions.announced", "Version announced", "A version was frozen and announced")
    actions.register_action("versions.translated", "Translation added", "A translation was added to a version")
