"""What Wagtail's editor posts."""

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from policies.notices.foresight.views import seen_as

DRAFT = {"slug": "privacy", "title": "Privacy policy"}


def section_form(heading: str = "Contact", *, anchor: str = "", body: list[Any] | None = None) -> dict[str, Any]:
    """One section as the editor's fields."""
    body = body if body is not None else [("text", rich_text("<p>Call.</p>"))]
    return {"heading": heading, "anchor": anchor, "regimes": [], "body": streamfield(body)}


def promise_form(**changes: Any) -> tuple[str, dict[str, Any]]:
    """One promise as the editor's fields."""
    fields = {"label": "", "sentence": "Within {amount}.", "kind": "first_reply", "amount": 72, "unit": "hours"}
    return "promise", fields | changes


def edit_form(page: Any, *sections: dict[str, Any], action: str = "", **changes: Any) -> dict[str, Any]:
    """A whole edit view, with the page as it stands but for the changes."""
    fields = {
        "title": page.title,
        "slug": page.slug,
        "introduction": rich_text(""),
        "sections": streamfield([("section", section) for section in sections or [section_form()]]),
        "summary": "",
        "change_class": "",
        "class_reason": "The form brings new blocks, but the words are the same.",
        "early_because": "",
        "alone_because": "",
        "effective_on": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    form = nested_form_data(fields | changes)
    return form | {f"action-{action}": "1"} if action else form


def announce(browser: Any, page: Any, **changes: Any) -> Any:
    """Press the button on the page "What will happen"."""
    page.refresh_from_db()
    return browser.post(what_will_happen(page), {"revision": seen_as(page.get_latest_revision()), **changes})


def what_will_happen(page: Any) -> str:
    """The page before an announcement."""
    return f"/admin/policies/{page.pk}/what-will-happen/"
