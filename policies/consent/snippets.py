"""Purposes, categories and services in Wagtail's admin: the menu "Consent"."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from .models import Category, LegalBasis, Purpose, Service, Signal
from .panels import FactsPanel

NO_NEW_QUESTION = _(
    "Changing this asks nobody again by itself. If people have to answer anew, announce a material version of the policy "
    "and name the purpose under “Consent to ask for again”."
)


def _choices(model: Any, **wanted: Any) -> list[tuple[str, str]]:
    rows = model.objects.filter(**wanted).order_by("position", "locale_id")
    return list({row.code: (row.code, f"{row.name} ({row.code})") for row in reversed(rows)}.values())[::-1]


def category_choices() -> list[tuple[str, str]]:
    """Codes and names of the categories that there are."""
    return _choices(Category)


def purpose_choices() -> list[tuple[str, str]]:
    """Codes and names of the purposes that people are asked for."""
    return _choices(Purpose, legal_basis=LegalBasis.CONSENT, ended=False)


class DeclaredForm(WagtailAdminModelForm):
    """The code is given once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "code" in self.fields:
            self.fields["code"].disabled = True


class PurposeForm(DeclaredForm):
    """Categories and signals are chosen from what there is."""

    category = forms.ChoiceField(label=_("Category"), choices=category_choices)
    signals = forms.MultipleChoiceField(
        label=_("Signals of Google Consent Mode"),
        choices=Signal.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ServiceForm(DeclaredForm):
    """A service waits for a purpose that people are asked for."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=purpose_choices)


class NeverByItself:
    """Wagtail saves open forms by itself, and what has no drafts would be public half-typed."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # it stands before a view
        self.autosave_enabled = False


class CreateDeclared(NeverByItself, CreateView):
    """A new one."""


class EditDeclared(NeverByItself, EditView):
    """One that there is."""


class DeclaredViewSet(SnippetViewSet):
    """What the three have in common."""

    add_view_class = CreateDeclared
    edit_view_class = EditDeclared

    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    list_filter = ["locale"]
    search_fields = ["code", "name", "text"]


def _tabs(form: type[WagtailAdminModelForm], *panels: Any) -> Any:
    told = [ObjectList([HelpPanel(content=NO_NEW_QUESTION), *panels], heading=_("What people are told"))]
    history = ObjectList([FactsPanel()], heading=_("History of the facts"))
    return TabbedInterface([*told, history], base_form_class=form)


class CategoryViewSet(DeclaredViewSet):
    """Categories group purposes."""

    model = Category
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    list_display = ["name", "code", "kind", "locale"]
    edit_handler = _tabs(
        DeclaredForm,
        *(FieldPanel(name) for name in ("name", "text", "kind", "code", "position")),
    )


class PurposeViewSet(DeclaredViewSet):
    """Purposes are what consent is asked for."""

    model = Purpose
    icon = "tasks"
    menu_label = _("Purposes")
    list_display = ["name", "code", "category", "legal_basis", "honours_gpc", "ended", "locale"]
    edit_handler = _tabs(
        PurposeForm,
        FieldPanel("name"),
        FieldPanel("text"),
        MultiFieldPanel(
            [FieldPanel("category"), FieldPanel("legal_basis"), FieldPanel("ended")],
            heading=_("What it rests on"),
            help_text=_("Only what rests on consent is asked for; everything else people are told of."),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("data_categories", "recipients", "retention", "retention_text", "dpv")],
            heading=_("Which data, for whom, how long"),
        ),
        FieldPanel("cookies"),
        MultiFieldPanel([FieldPanel("honours_gpc"), FieldPanel("signals")], heading=_("Signals")),
        MultiFieldPanel([FieldPanel("code"), FieldPanel("position")], heading=_("Place")),
    )


class ServiceViewSet(DeclaredViewSet):
    """Services wait for a purpose."""

    model = Service
    icon = "link-external"
    menu_label = _("Services")
    list_display = ["name", "provider", "form", "purpose", "everywhere", "locale"]
    edit_handler = _tabs(
        ServiceForm,
        *(FieldPanel(name) for name in ("name", "text", "provider", "purpose", "form", "address")),
        *(FieldPanel(name) for name in ("origins", "integrity", "everywhere", "code", "position")),
    )


class ConsentGroup(SnippetViewSetGroup):
    """The menu "Consent"."""

    items = (PurposeViewSet, CategoryViewSet, ServiceViewSet)
    menu_label = _("Consent")
    menu_icon = "check"
    menu_order = 640
