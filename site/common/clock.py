"""Days and moments of the site's time zone. Moments are kept in UTC; a day begins at midnight of the zone."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

now = timezone.now


def today() -> date:
    """The day it is in the site's zone."""
    return timezone.localdate()


def day_of(moment: datetime) -> date:
    """The day of the site's zone on which a moment falls."""
    return timezone.localdate(moment)


def start_of(day: date) -> datetime:
    """The first moment of a day of the site's zone, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The last representable moment of a day: what "as of that day" means."""
    return start_of(day + timedelta(days=1)) - timedelta(microseconds=1)
