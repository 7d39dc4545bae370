"""Readers of Urdu meet no English in the interface, and what they meet is what the catalogue says."""

import re

from common.messages import compiled, merged, po_file, read, untranslated

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def _forms(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_nothing_is_left_untranslated() -> None:
    assert untranslated(merged("ur")) == []


def test_the_compiled_catalogue_is_the_one_that_people_edit() -> None:
    assert compiled(read("ur")) == po_file("ur").with_suffix(".mo").read_bytes()


def test_every_placeholder_stands_in_the_translation_as_often_as_in_the_original() -> None:
    for message in merged("ur"):
        if message.id:
            wanted = sorted(PLACEHOLDER.findall(_forms(message.id)[-1]))
            for translation in _forms(message.string):
                assert sorted(PLACEHOLDER.findall(translation)) == wanted, message.id


def test_spaces_around_a_string_are_kept() -> None:
    for message in merged("ur"):
        if message.id:
            original = _forms(message.id)[0]
            before, after = original[: -len(original.lstrip())], original[len(original.rstrip()) :]
            for translation in _forms(message.string):
                assert translation == before + translation.strip() + after, message.id


def test_urdu_has_two_plural_forms() -> None:
    assert read("ur").plural_forms == "nplurals=2; plural=(n != 1);"
