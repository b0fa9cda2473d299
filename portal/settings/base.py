"""Settings shared by every way of running the portal. Values that differ come from `environment`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.settings import environment as env
from portal.settings.security import *  # noqa: F403 - settings are one namespace by design

BASE_DIR = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    # From the lowest app up: a higher one's models read those below.
    "core",
    "search",
    "departments",
    "editorial",
    "services",
    "announcements",
    "plans",
    "home",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "ninja",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Before the page cache, as stored answers are answers, too.
    "search.question_log.QuestionLogMiddleware",
    "core.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.PathLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.PublishRefusedMiddleware",
    "editorial.guard.GuardMiddleware",
    "core.tree.TreeMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.chrome",
            ],
        },
    },
]

VAR_DIR = env.VAR
DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"

LANGUAGE_CODE = "vi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# locale/admin has words of Wagtail's admin that its own Vietnamese catalogues leave in English.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "admin"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
TIME_ZONE = env.text("PORTAL_TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
# Days are written and read as 15/11/2019, in both languages and in every form.
FORMAT_MODULE_PATH = "core.formats"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"

STATIC_URL = "/static/"
STATIC_ROOT = env.VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WAGTAIL_SITE_NAME = _("Portal")
WAGTAILADMIN_BASE_URL = env.text("PORTAL_BASE_URL", "http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.PortalDocument"
# A document is handed out by a view that asks whether its collection is restricted, never by a bare media URL.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "doc", "odt", "xlsx", "xls", "ods", "pptx", "zip", "csv", "txt"]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# An address of a page that moved goes on working.
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Off: a reviewer who types one letter would become a contributor, and every key would be a revision.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# A page that changes under review is reviewed anew, and what was approved is what goes live.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "editorial.finishing.publish_approved"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.admin_search"}}
# The admin makes no request to another host: the portal runs on closed networks.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "db": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

PORTAL_PAGE_CACHE = env.flag("PORTAL_PAGE_CACHE", True)
PORTAL_PAGE_CACHE_ENTRIES = env.number("PORTAL_PAGE_CACHE_ENTRIES", 500)
# Name of the search engine's module in search/engines/; empty: the one that goes with the database.
#: file of the national list of procedures, or the folder into which its files are put
PORTAL_NATIONAL_LIST = env.text("PORTAL_NATIONAL_LIST")

PORTAL_SEARCH_ENGINE = env.text("PORTAL_SEARCH_ENGINE")
# Elasticsearch in front of the database's engine; without the URL nothing of it is imported or asked.
SEARCH_ELASTICSEARCH_URL = env.text("SEARCH_ELASTICSEARCH_URL")
SEARCH_ELASTICSEARCH_CA = env.text("SEARCH_ELASTICSEARCH_CA")
SEARCH_ELASTICSEARCH_USER = env.text("SEARCH_ELASTICSEARCH_USER")
SEARCH_ELASTICSEARCH_PASSWORD = env.text("SEARCH_ELASTICSEARCH_PASSWORD")
SEARCH_ELASTICSEARCH_API_KEY = env.text("SEARCH_ELASTICSEARCH_API_KEY")
SEARCH_ELASTICSEARCH_PREFIX = env.text("SEARCH_ELASTICSEARCH_PREFIX", "portal")
# Whether the portal asks the addresses that services name if they answer: its only requests to other hosts.
PORTAL_LINK_CHECK = env.flag("PORTAL_LINK_CHECK")
# Inner networks that may be asked as well; of others, anybody who writes a service could make the portal ask a host.
PORTAL_LINK_NETWORKS = env.networks("PORTAL_LINK_NETWORKS")
# Seconds that one request may take, and seconds between two requests to one host.
PORTAL_LINK_TIMEOUT, PORTAL_LINK_PAUSE = 10, 2
# Wagtail's own preview API: it may change with every release, so it is off.
PORTAL_API_V3_PREVIEW = env.flag("PORTAL_API_V3_PREVIEW")

# What readers ask, without anything of who asks; counted and put aside every day (see docs/search.md).
PORTAL_SEARCH_LOG = env.VAR / "log" / "search.log"
PORTAL_SEARCH_LOG.parent.mkdir(parents=True, exist_ok=True)
# Who did what to which page, when and why (see docs/operations.md).
PORTAL_EDITORIAL_LOG = env.VAR / "log" / "editorial.log"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "bare": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        # It opens its file anew when that has gone aside, so several workers may write into it.
        "questions": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": PORTAL_SEARCH_LOG,
            "encoding": "utf-8",
            "delay": True,
            "formatter": "bare",
        },
        "steps": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": PORTAL_EDITORIAL_LOG,
            "encoding": "utf-8",
            "delay": True,
            "formatter": "bare",
        },
    },
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # They tell every request and retry; search says once that its engine is away.
        "elastic_transport": {"level": "ERROR"},
        "urllib3": {"level": "ERROR"},
        "portal.search": {"handlers": ["questions"], "level": "INFO", "propagate": False},
        "portal.editorial": {"handlers": ["steps"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": env.text("PORTAL_LOG_LEVEL", "INFO")},
}
