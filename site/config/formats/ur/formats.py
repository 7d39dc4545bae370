"""Days as the site's readers write them: 23 December 2026."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
