from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

from .files import FileTransport
from .transports import transport_from


@register
def email_url_can_be_read(**kwargs: Any) -> list[CheckMessage]:
    """A typing mistake shows at the start and not with the first letter."""
    try:
        transport_from(settings.EMAIL_URL)
    except ImproperlyConfigured as error:
        hint = "For example smtp+tls://user:password@mail.example.com:587 or file:///var/mail/kept"
        return [Error(str(error), hint=hint, id="outbox.E001")]
    return []


@register(deploy=True)
def letters_leave_the_machine(**kwargs: Any) -> list[CheckMessage]:
    """Only asked with `check --deploy`."""
    try:
        is_folder = isinstance(transport_from(settings.EMAIL_URL), FileTransport)
    except ImproperlyConfigured:
        return []
    hint = "Set EMAIL_URL to a mail server."
    return [Warning("Letters are written to a folder and reach nobody.", hint=hint, id="outbox.W001")] * is_folder
