"""Settings of the QAD Portal: one file, every value from the environment or stated here."""

from pathlib import Path

import dj_database_url
from celery.schedules import schedule

from qadportal import env

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("PORTAL_DEBUG")
DEMO = env.flag("PORTAL_DEMO")  # demonstration data, a movable portal date
SECRET_KEY = env.text("PORTAL_SECRET_KEY")
BASE_URL = env.text("PORTAL_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("PORTAL_ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_COOKIES = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "foundation",
    "foundation.clock",
    "foundation.tenancy",
    "foundation.audit",
    "foundation.documents",
    "foundation.notices",
    "foundation.jobs",
    "participants",
    "waves",
    "submissions",
    "reviews",
    "qadportal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "participants.access.second_step.SecondStepMiddleware",
    "participants.middleware.TurndownMiddleware",
    "participants.middleware.ActorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]

ROOT_URLCONF = "qadportal.urls"
WSGI_APPLICATION = "qadportal.wsgi.application"

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
                "qadportal.shell.shell",
            ],
        },
    }
]

# --- Database: PostgreSQL everywhere; the application's login may touch no tenant table by itself
AS_OWNER = env.flag("PORTAL_DB_AS_OWNER")  # migrations and set-up only
DATABASE_URL = env.text("DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL")
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)
    | {"DISABLE_SERVER_SIDE_CURSORS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Broker, cache, sessions
CACHE_URL = env.text("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "memory://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/London"
# Beat only rings: what is due stands in PostgreSQL, and a second bell (manage.py sweep) needs none.
CELERY_BEAT_SCHEDULE = {
    "sweep-obligations": {
        "task": "waves.tasks.sweep",
        "schedule": schedule(30),
        "options": {"expires": 25},
    },
    "send-notices": {
        "task": "foundation.notices.tasks.send_due",
        "schedule": schedule(15),
        "options": {"expires": 12},
    },
}

# --- People
AUTH_USER_MODEL = "participants.Person"
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
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "participants.signing_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
_FORMS = "participants.access.sign_in_forms."
ACCOUNT_FORMS = {
    "login": f"{_FORMS}Login",
    "reset_password": f"{_FORMS}ResetPassword",
    "reset_password_from_key": f"{_FORMS}ResetPasswordKey",
    "change_password": f"{_FORMS}ChangePassword",
    "set_password": f"{_FORMS}SetPassword",
    "reauthenticate": f"{_FORMS}Reauthenticate",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}Code",
    "reauthenticate": f"{_FORMS}CodeAgain",
    "activate_totp": f"{_FORMS}ActivateApp",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # who has no account gets no mail, and nobody can tell
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account exists only through an invitation by e-mail
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "QAD Portal: "
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = (
    {}
    if env.flag("PORTAL_NO_RATE_LIMITS")
    else {"login_failed": "10/m/ip,5/5m/key", "report_export": "20/5m/user"}
)
# How often one calendar link may be read in an hour; programs ask every few hours.
CALENDAR_READS_AN_HOUR = 0 if env.flag("PORTAL_NO_RATE_LIMITS") else 60
REQUIRE_SECOND_STEP = env.flag("PORTAL_REQUIRE_SECOND_STEP")  # of every body's staff
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "QAD Portal"
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
# Guardian is asked by participants/grants.py alone, never as an authentication backend.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# --- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["participants.access.authentication.ActorAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["participants.access.parsers.BoundedJSON"],
    "DEFAULT_PAGINATION_CLASS": "participants.access.pagination.StablePagination",
    "DEFAULT_FILTER_BACKENDS": ["participants.access.filtering.AskedFilters"],
    "DEFAULT_SCHEMA_CLASS": "participants.access.schema.ApiSchema",
    "DEFAULT_THROTTLE_CLASSES": ["participants.access.throttling.PerAccount"],
    "EXCEPTION_HANDLER": "participants.access.problems.problem",
    "PAGE_SIZE": 50,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Requests of one account; a program that fetches page after page stays far below it.
API_RATE = "" if env.flag("PORTAL_NO_RATE_LIMITS") else env.text("PORTAL_API_RATE", "600/min")
SPECTACULAR_SETTINGS = {
    "TITLE": "QAD Portal",
    "DESCRIPTION": "Everything the pages read and write, under the same rights and refusals.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "participants.access.schema.describe_turndowns",
        "participants.access.schema.close_inputs",
        "participants.access.schema.fill_queries",
    ],
    "ENUM_NAME_OVERRIDES": {
        "BodyEnum": "participants.enums.Body.choices",
        "RoleEnum": "participants.enums.Role.choices",
        "RouteEnum": "participants.enums.Route.choices",
        "QualificationStatusEnum": "participants.enums.Status.choices",
        "OrganisationKindEnum": "participants.enums.OrganisationKind.choices",
        "ReportKindEnum": "waves.enums.ReportKind.choices",
        "StageEnum": "submissions.enums.Stage.choices",
        "EvidenceKindEnum": "submissions.enums.EvidenceKind.choices",
        "ThreadKindEnum": "reviews.enums.ThreadKind.choices",
        "TestStageEnum": "waves.enums.TestStage.choices",
        "DeliverableKindEnum": "waves.enums.DeliverableKind.choices",
        "WorkOffKindEnum": "waves.enums.WorkOffKind.choices",
        "RelianceKindEnum": "waves.enums.RelianceKind.choices",
    },
}
CSRF_FAILURE_VIEW = "qadportal.views.csrf_refused"

# --- Files
MEDIA_ROOT = Path(env.text("PORTAL_MEDIA_ROOT", str(BASE_DIR / ".portal" / "media")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("PORTAL_STATIC_ROOT", str(BASE_DIR / ".portal" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
S3_BUCKET = env.text("PORTAL_S3_BUCKET", "")
EVIDENCE_STORAGE = (
    {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.text("PORTAL_S3_ENDPOINT", "") or None,
            "file_overwrite": False,
            "default_acl": None,
        },
    }
    if S3_BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    }
)
STATIC_STORAGE = env.text(
    "PORTAL_STATIC_STORAGE", "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
)
STORAGES = {"default": EVIDENCE_STORAGE, "staticfiles": {"BACKEND": STATIC_STORAGE}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a table answer of 400 lines posts one field a cell
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
EVIDENCE_MAX_BYTES = 50 * 1024 * 1024
SCANNER_ADDRESS = env.text("PORTAL_CLAMD", "")  # host:port of clamd; empty: files are "not scanned"

# --- Mail
EMAIL_BACKEND = env.text("PORTAL_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = env.text("PORTAL_MAIL_DIR", str(BASE_DIR / ".portal" / "mail"))
EMAIL_HOST = env.text("PORTAL_SMTP_HOST", "localhost")
EMAIL_PORT = int(env.text("PORTAL_SMTP_PORT", "25"))
EMAIL_HOST_USER = env.text("PORTAL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("PORTAL_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("PORTAL_SMTP_TLS")
DEFAULT_FROM_EMAIL = env.text("PORTAL_FROM", "QAD Portal <no-reply@qadportal.example>")

# --- Language and time: stored in UTC, shown in London
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- Browser rules: nothing inline, nothing from elsewhere
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("PORTAL_BEHIND_PROXY") else None
)
X_FRAME_OPTIONS = "DENY"

FORM_RENDERER = env.text("PORTAL_FORM_RENDERER", "foundation.ui.forms.PortalRenderer")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("PORTAL_LOG_LEVEL", "WARNING")},
}
