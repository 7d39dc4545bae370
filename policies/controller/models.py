from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="user")
class Controller(BaseSiteSetting):
    """Who decides why and how personal data is used (GDPR Art. 4(7)), and how to reach them."""

    name = models.CharField(_("name"), max_length=120)
    address = models.TextField(_("postal address"), blank=True)
    email = models.EmailField(_("e-mail address for privacy matters"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    officer = models.CharField(_("data protection officer"), max_length=120, blank=True)
    authority = models.CharField(_("supervisory authority"), max_length=200, blank=True)
    authority_url = models.URLField(_("web page of the authority"), blank=True)

    history = HistoricalRecords()

    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("address"), FieldPanel("email"), FieldPanel("phone")], heading=_("Contact")),
        MultiFieldPanel(
            [FieldPanel("officer"), FieldPanel("authority"), FieldPanel("authority_url")], heading=_("Supervision")
        ),
    ]

    class Meta:
        verbose_name = _("controller")

    def __str__(self) -> str:
        return self.name
