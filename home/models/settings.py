from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from core.addresses import language_urls
from core.page_cache import per_version


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """Whatever names this authority: nothing of it stands in code or templates."""

    authority_name = models.CharField(_("name of the authority"), max_length=160, blank=True)
    authority_name_en = models.CharField(_("name of the authority in English"), max_length=160, blank=True)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    short_name_en = models.CharField(_("short name in English"), max_length=80, blank=True)
    portal_label = models.CharField(_("name of the portal"), max_length=120, blank=True)
    portal_label_en = models.CharField(_("name of the portal in English"), max_length=120, blank=True)
    emblem = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("emblem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    address = models.CharField(_("address"), max_length=255, blank=True)
    address_en = models.CharField(_("address in English"), max_length=255, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    responsible = models.CharField(_("responsible person"), max_length=160, blank=True)
    responsible_en = models.CharField(_("responsible person in English"), max_length=160, blank=True)
    footer_note = models.TextField(_("note at the foot"), blank=True)
    footer_note_en = models.TextField(_("note at the foot in English"), blank=True)
    popular_searches_en = models.TextField(_("the same in English"), blank=True)
    formula_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page that explains the rate of services at level 3 and above"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    popular_searches = models.TextField(_("searches offered on the front page"), blank=True, help_text=_("One a line."))

    shown_to_readers = True

    class Meta:
        verbose_name = _("settings of the authority")

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel(name), FieldPanel(f"{name}_en")])
                for name in ("authority_name", "short_name", "portal_label")
            ]
            + [FieldPanel("emblem")],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("address"), FieldPanel("address_en")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("responsible"), FieldPanel("responsible_en")]),
                FieldPanel("footer_note"),
                FieldPanel("footer_note_en"),
            ],
            heading=_("Contact and foot of the page"),
        ),
        FieldRowPanel([FieldPanel("popular_searches"), FieldPanel("popular_searches_en")]),
        FieldPanel("formula_page"),
    ]

    def __str__(self) -> str:
        return self.authority_name

    def text(self, name: str) -> str:
        """The value in the language of the request; the Vietnamese one where there is no other."""
        english = getattr(self, f"{name}_en", "") if get_language() == "en" else ""
        return english or getattr(self, name)


@per_version
def explanation_url() -> str:
    """Where the rate of services at level 3 and above is explained, in the language of the request if it is there."""
    chosen = SiteSettings.for_site(Site.objects.get(is_default_site=True)).formula_page
    if chosen is None or not chosen.live:
        return ""
    urls = dict(language_urls(chosen.translation_key))
    return urls.get(get_language() or "") or chosen.specific.get_url() or ""
