from django.contrib.auth.models import User
from django.db import transaction

from policies.versions.models import Version

from .facts import values_of
from .models import ProductFacts, ProductPage


@transaction.atomic
def record_facts(*, version: Version) -> ProductFacts:
    """Write down what a version says of its product; one that changes no fact leaves no trace in their history."""
    work = version.work
    page = ProductPage.objects.get(translation_key=work.key, locale__language_code=work.source_language)
    facts = ProductFacts.objects.filter(work=work).first() or ProductFacts(work=work)
    if facts.pk and values_of(facts) == values_of(page):
        return facts
    for name in values_of(page):
        setattr(facts, name, getattr(page, name))
    facts.version = version
    facts._history_date = version.effective_at
    facts._history_user = User.objects.filter(pk=version.published_by_id or 0).first()
    facts.save()
    return facts
