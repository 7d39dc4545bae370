from typing import Any

from django.core.management.base import BaseCommand

from common.messages import LANGUAGES, merged, save, untranslated


class Command(BaseCommand):
    help = "Gather the words of the interface into the .po files and compile them. Part of development."

    def handle(self, **options: Any) -> None:
        for language in LANGUAGES:
            catalog = merged(language)
            save(catalog, language)
            missing = untranslated(catalog)
            self.stdout.write(f"{language}: {len(catalog)} strings, {len(missing)} without a translation")
            for string in missing:
                self.stdout.write(f"  {string}")
