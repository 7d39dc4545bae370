"""What an editor can write. Block ids are the ids of sections, equal in every language (wagtail-localize keeps them)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from policies.jurisdictions.rules import regime_choices

from .materiality import Topic
from .promises import AMOUNT, PromiseKind, Unit

INLINE = ["bold", "italic", "link"]
TEXT = [*INLINE, "ol", "ul", "h3", "h4"]


class AnchorBlock(blocks.CharBlock):
    """The part of an address after `#`: the same in every language, so translators are never asked for it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 80, "validators": [validate_slug], **kwargs})

    def get_translatable_segments(self, value: str) -> list[Any]:
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value


class CodesBlock(blocks.MultipleChoiceBlock):
    """What a section is for or about, in codes: the same in every language, so translators are never asked for it.

    Wagtail's API v3 (8.0.1) hands the list over inside another one; it is taken out again here.
    """

    def value_from_form(self, value: Any) -> Any:
        if value and isinstance(value[0], list | tuple):
            value = value[0]
        return super().value_from_form(value)

    def get_translatable_segments(self, value: list[str]) -> list[Any]:
        return []

    def restore_translated_segments(self, value: list[str], segments: list[Any]) -> list[str]:
        return value


class PromiseBlock(blocks.StructBlock):
    """A sentence whose number is data: `{amount}` stands where the number and its unit are read."""

    label = blocks.CharBlock(required=False, max_length=120, label=_("Label"))
    sentence = blocks.CharBlock(
        max_length=400,
        label=_("Sentence"),
        help_text=_("Write {amount} where the number stands, as in: We answer within {amount}."),
    )
    kind = blocks.ChoiceBlock(choices=PromiseKind.choices, label=_("What is promised"))
    amount = blocks.IntegerBlock(min_value=1, max_value=100_000, label=_("Number"))
    unit = blocks.ChoiceBlock(choices=Unit.choices, label=_("Unit"))

    class Meta:
        icon = "calendar-check"
        label = _("Promise")
        label_format = "{sentence}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["sentence"].count(AMOUNT) != 1:
            message = _("Write {amount} exactly once, where the number of the promise stands.")
            raise StructBlockValidationError({"sentence": ValidationError(message)})
        return cleaned


class DefinitionBlock(blocks.StructBlock):
    """A term and what is said of it."""

    term = blocks.CharBlock(max_length=200, label=_("Term"))
    text = blocks.RichTextBlock(features=INLINE, label=_("Meaning"))

    class Meta:
        label_format = "{term}"


class SectionBody(blocks.StreamBlock):
    """The blocks inside a section."""

    text = blocks.RichTextBlock(features=TEXT, label=_("Text"))
    definitions = blocks.ListBlock(DefinitionBlock(), label=_("Definitions"), icon="list-ul")
    table = TypedTableBlock([("text", blocks.RichTextBlock(features=INLINE))], label=_("Table"), icon="table")
    promise = PromiseBlock()


class SectionBlock(blocks.StructBlock):
    """A part of a document with a stable id and anchor."""

    heading = blocks.CharBlock(max_length=160, label=_("Heading"))
    anchor = AnchorBlock(
        required=False,
        label=_("Anchor"),
        help_text=_("The part of the address after #. Left empty, it is made from the heading."),
    )
    regimes = CodesBlock(
        required=False,
        choices=regime_choices,
        label=_("Only for"),
        help_text=_("Nothing chosen: for everybody."),
    )
    topics = CodesBlock(
        required=False,
        choices=Topic.choices,
        label=_("What it is about"),
        help_text=_("Nothing chosen: it is judged by its words. It helps to tell what makes a change material."),
    )
    body = SectionBody(label=_("Body"))

    class Meta:
        icon = "doc-full"
        label = _("Section")
        label_format = "{heading}"


class SectionsBlock(blocks.StreamBlock):
    """All sections of a document."""

    section = SectionBlock()
