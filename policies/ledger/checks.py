from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from . import keys


@register
def there_is_a_key_to_sign_with(**kwargs: Any) -> list[CheckMessage]:
    """Where keys are not made by themselves, a missing one shows at the start and not with the first receipt."""
    if settings.LEDGER_MAKES_KEYS:
        return []
    try:
        keys.current()
    except keys.NoKey as missing:
        hint = "Make it with `manage.py rotate_ledger_key`, or set LEDGER_KEYS to the folder in which it lies."
        return [Error(f"The ledger cannot be sealed: {missing}.", hint=hint, id="ledger.E001")]
    except (ValueError, KeyError, OSError) as unreadable:
        hint = f"Restore {keys.INDEX} in LEDGER_KEYS from a backup."
        return [Error(f"The keys of the ledger cannot be read: {unreadable}.", hint=hint, id="ledger.E002")]
    return []
