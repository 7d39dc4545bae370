"""Who may do what. Safe to run again: it adds what is missing and takes nothing away that somebody granted."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

EDITORS, REVIEWERS, OFFICERS, AUDITORS = "Editors", "Reviewers", "Privacy officers", "Auditors"


def _of_consent(*verbs: str) -> list[str]:
    """What may be done with purposes, their categories, and the services that wait for them."""
    return [f"consent.{verb}_{model}" for model in ("category", "purpose", "service") for verb in verbs]


PAGE_PERMISSIONS = {
    EDITORS: ["add_page", "change_page"],
    REVIEWERS: ["change_page", "publish_page", "lock_page", "unlock_page"],
    OFFICERS: ["add_page", "change_page", "publish_page"],
}
PERMISSIONS = {
    EDITORS: ["wagtailadmin.access_admin", "wagtail_localize.submit_translation", *_of_consent("view")],
    REVIEWERS: ["wagtailadmin.access_admin", "versions.view_version", *_of_consent("view")],
    OFFICERS: [
        "wagtailadmin.access_admin",
        "versions.view_version",
        "outbox.view_letter",
        "controller.change_controller",
        "wagtail_localize.submit_translation",
        *(f"notices.{may}_webhookendpoint" for may in ("add", "change", "delete", "view")),
        *_of_consent("add", "change", "delete", "view"),
    ],
    AUDITORS: [
        "wagtailadmin.access_admin",
        "versions.view_version",
        "outbox.view_letter",
        "ledger.view_entry",
        "notices.view_webhookendpoint",
        "consent.view_choice",
        *_of_consent("view"),
    ],
}
WORKFLOW = "Policy review"


def set_up_roles() -> None:
    """Groups, their permissions, and the review that every page goes through. Needs the permissions of a finished migrate."""
    root = Page.objects.get(depth=1)
    for name, codes in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(code) for code in codes))
        for code in PAGE_PERMISSIONS.get(name, []):
            permission = Permission.objects.get(codename=code, content_type__app_label="wagtailcore")
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    _set_up_review(root)


def _permission(code: str) -> Permission:
    app_label, codename = code.split(".")
    return Permission.objects.get(codename=codename, content_type__app_label=app_label)


def _set_up_review(root: Page) -> None:
    """One approval by a reviewer; it replaces the moderation that Wagtail sets up for its own groups."""
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if not is_new:
        return
    task = GroupApprovalTask.objects.create(name="Approval by a reviewer")
    task.groups.add(Group.objects.get(name=REVIEWERS))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
