"""Called by the app when it is ready."""


def connect() -> None:
    """Listen to versions, and give the worker its rounds."""
    from common.health import register_check
    from policies.outbox.rounds import every, register_round
    from policies.versions.signals import translation_added, version_acted, version_announced

    from .actions import forget_former_secrets
    from .health import messages_leave
    from .recording import on_translation_added, on_version_acted, on_version_announced, tell_what_took_effect
    from .sending import send_due

    version_announced.connect(on_version_announced)
    version_acted.connect(on_version_acted)
    translation_added.connect(on_translation_added)
    every(15, tell_what_took_effect)
    register_round(send_due)
    every(3600, forget_former_secrets)
    register_check("webhooks", messages_leave)
