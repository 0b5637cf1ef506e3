"""The settings, all in one place; what the environment decides comes from `environment`."""

from datetime import time
from importlib.resources import files

import dj_database_url
from csp.constants import NONE, SELF
from django.conf import global_settings

from lykta.infrastructure import installation
from lykta.project import catalogues, environment

LYKTA_DIR = environment.folder()
SECRET_KEY = environment.secret_key(LYKTA_DIR)
INSTALLATION = installation.read(LYKTA_DIR / installation.FILE)
DEBUG = False
ALLOWED_HOSTS = environment.hosts()
IS_HTTPS = environment.is_https()

INSTALLED_APPS = [
    "lykta.web.apps.WebConfig",  # first, so that its templates go before allauth's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, of which ours may replace one
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_q",
    "lykta.infrastructure.accounts.apps.AccountsConfig",
    "lykta.infrastructure.audit.apps.AuditConfig",
    "lykta.infrastructure.retention.apps.RetentionConfig",
    "lykta.infrastructure.imports.apps.ImportsConfig",
    "lykta.infrastructure.changes.apps.ChangesConfig",
    "lykta.infrastructure.columns.apps.ColumnsConfig",
    "lykta.infrastructure.notifications.apps.NotificationsConfig",
    "lykta.domain.documents.apps.DocumentsConfig",
    "lykta.domain.statutes.apps.StatutesConfig",
    "lykta.domain.partners.apps.PartnersConfig",
    "lykta.domain.places.apps.PlacesConfig",
    "lykta.domain.events.apps.EventsConfig",
    "lykta.domain.indicators.apps.IndicatorsConfig",
    "lykta.domain.plans.apps.PlansConfig",
    "lykta.domain.meetings.apps.MeetingsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lykta.web.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lykta.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lykta.web.keeping.kept_nowhere",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lykta.web.sessions.SessionsMiddleware",
    "lykta.web.middleware.one_moment",
    "lykta.web.middleware.ReachMiddleware",
    "lykta.web.strength.StrengthMiddleware",
    "lykta.web.limits.LimitsMiddleware",
    "lykta.web.middleware.ErrorsMiddleware",
]
ROOT_URLCONF = "lykta.project.urls"
WSGI_APPLICATION = "lykta.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lykta.web.frame.frame",
            ],
            "builtins": ["lykta.web.templatetags.swedish"],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.parse(
        environment.database_url(LYKTA_DIR), conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # What is deleted is overwritten at once, whoever deletes it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The rate limits are kept here, so that all processes share them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "lykta_cache",
    }
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "lykta.web.login.ClosedAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Behind a proxy the address of the one who asks is what the proxy says, else of the connection.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_HTTPS else 0
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "change_password": "5/300s/key",
    "sign-on": "60/m/key",
    # What residents do without an account; the key is a digest of the address, never the address.
    "open-report": "10/h/key",
    "open-text": "1/h/key",
    "open-try": "60/m/key",
    "open-code": "20/h/key",
    "open-screen": "120/m/key",
    # A calendar is asked for by programs, each now and then.
    "calendar": "60/h/key",
    # What someone outside does with the link of a hand-off.
    "open-link": "120/m/key",
    "open-reply": "20/h/key",
    "open-invitation": "60/h/key",
}
MFA_ADAPTER = "lykta.web.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address comes from those who administer accounts
# The municipality's own login; without an issuer there is none.
_SIGN_ON = environment.sign_on()
SIGN_ON_ISSUER, SIGN_ON_NAME, SIGN_ON_GROUPS = _SIGN_ON.issuer, _SIGN_ON.name, _SIGN_ON.groups
SIGN_ON_PROVIDER = "kommunen"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 3  # seconds
SOCIALACCOUNT_ADAPTER = "lykta.web.sign_on.SignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": SIGN_ON_PROVIDER,
                "name": _SIGN_ON.name,
                "client_id": _SIGN_ON.client_id,
                "secret": _SIGN_ON.client_secret,
                "settings": {
                    "server_url": _SIGN_ON.issuer,
                    "verified_email": _SIGN_ON.is_trusted_with_addresses,
                },
            }
        ]
    }
}
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # an invitation must outlive a holiday week

# Without a server nothing is sent.
_MAIL = environment.mail_server()
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.is_starttls, _MAIL.is_tls
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = _MAIL.sender

SESSION_COOKIE_AGE = 12 * 3600  # a working day, however busy
SESSION_IDLE_AGE = 4 * 3600  # a morning in the field, or a long meeting
# Browsers take a cookie of such a name only over HTTPS, and from no other host of the same domain.
_ONE_HOST = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_ONE_HOST}lykta_session"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_ONE_HOST}lykta_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# What a page says once may name someone: it is kept here, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
# What residents may read in besides: a catalogue laid in the installation's folder, and no code.
_OWN = [each for each in catalogues.languages(LYKTA_DIR) if each.code not in dict(LANGUAGES)]
OPEN_LANGUAGES = {"sv-x-latt": "Lättläst svenska"} | {each.code: each.name for each in _OWN}
LANGUAGES_BIDI = [*global_settings.LANGUAGES_BIDI, *(each.code for each in _OWN if each.is_rtl)]
LOCALE_PATHS = [str(LYKTA_DIR / catalogues.FOLDER), str(files("lykta.web") / "locale")]
LANGUAGE_COOKIE_NAME = f"{_ONE_HOST}lykta_language"
SCHEME_COOKIE_NAME = f"{_ONE_HOST}lykta_scheme"
TIME_ZONE = "Europe/Stockholm"
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/static/"
STATIC_ROOT = LYKTA_DIR / "static"
# The same letters on the pages as in the papers, kept once.
STATICFILES_DIRS = [("fonts", str(files("lykta.infrastructure.papers") / "fonts"))]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lykta.project.static.HashedStorage"},
}

Q_CLUSTER = {
    "name": "lykta",
    "orm": "default",
    "workers": environment.worker_count(),
    "timeout": 3600,
    "retry": 3700,
    "max_attempts": 3,
    "catch_up": False,
    "save_limit": 1000,
}
IMPORT_BATCH = environment.import_batch()
# Which room reads in which kind of file.
IMPORTERS = {
    "areas": "lykta.domain.places.services.AREAS",
    "population": "lykta.domain.places.services.POPULATION",
    "listings": "lykta.domain.places.services.LISTINGS",
    "editions": "lykta.domain.places.services.EDITIONS",
    "places": "lykta.domain.places.services.PLACES",
    "categories": "lykta.domain.events.services.CATEGORIES",
    "events": "lykta.domain.events.services.EVENTS",
    "observations": "lykta.domain.indicators.services.OBSERVATIONS",
}
# What is called when a file of a kind has been read in, in the transaction that shows its rows.
AFTER_IMPORT = {
    "areas": (
        "lykta.domain.places.services.place_later",
        "lykta.domain.events.services.place_later",
    )
}
# Which tables are copied as columns.
MIRRORS = {"events": "lykta.domain.events.arrays.MIRROR"}
# What is deleted when its time is out, and how.
RETENTION = {
    "imports.rejected": "lykta.infrastructure.imports.retained.REJECTED_ROWS",
    "imports.files": "lykta.infrastructure.imports.retained.FILES",
    "imports.runs": "lykta.infrastructure.imports.retained.RUNS",
    "accounts.accounts": "lykta.infrastructure.accounts.retained.ACCOUNTS",
    "accounts.sessions": "lykta.infrastructure.accounts.retained.SESSIONS",
    "events.reports": "lykta.domain.events.services.REPORTS",
    "notifications": "lykta.infrastructure.notifications.retained.NOTICES",
    "jobs.finished": "lykta.infrastructure.jobs.FINISHED",
    "backups": "lykta.infrastructure.backups.retained.BACKUPS",
}
# What an account reaches on a day; for what acts on its behalf when it does not ask itself.
REACH_OF = "lykta.web.middleware.reach_on"
# What accounts are told of, and how each kind says it.
NOTIFICATIONS = {
    "events.waits": "lykta.domain.events.services.WAITING_KIND",
    "events.decided": "lykta.domain.events.services.DECIDED_KIND",
    "meetings.assigned": "lykta.domain.meetings.services.ASSIGNED_KIND",
    "meetings.due": "lykta.domain.meetings.services.DUE_KIND",
    "meetings.silent": "lykta.domain.meetings.services.SILENT_KIND",
    "meetings.letter": "lykta.domain.meetings.services.LETTER_KIND",
    "partners.invited": "lykta.domain.partners.services.INVITED_KIND",
}
DIGEST_AT = time(7, 0)  # each working day
# What stands in the calendar of an account: functions of its reach and the day.
CALENDARS = (
    "lykta.domain.meetings.calendars.entries",
    "lykta.domain.partners.calendars.entries",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "lykta.infrastructure.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
