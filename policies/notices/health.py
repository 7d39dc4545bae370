from common import clock

from .models import Notice


def notices_are_finished() -> str:
    """Everybody is told within a day, and before a version takes effect."""
    late = list(Notice.objects.overdue(clock.now()).select_related("version__work").order_by("created_at")[:3])
    if not late:
        return ""
    names = ", ".join(f"{notice.version} ({notice.kind})" for notice in late)
    return f"Not everybody has been told in time: {names}. Look at the letters in the admin, and whether a worker runs."
