"""Django's settings, made from `paike.config.options`."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, SELF

from paike.config import options
from paike.config.postgres import sockets

DATA = options.data_folder()
DEVELOPMENT = options.development()
PUBLIC_URL = options.read("PAIKE_URL").rstrip("/")
KEYRING_FILE = DATA / "keys" / "keyring.json"
SECRET_KEY_FILE = DATA / "keys" / "secret-key"
RENDITION_PRESET = options.read("PAIKE_RENDITION_PRESET")
ACCEL = options.read("PAIKE_ACCEL")
SANDBOX = options.read("PAIKE_SANDBOX")
STORE_URL = options.read("PAIKE_STORE_URL")
INTAKE_URL = options.read("PAIKE_INTAKE_URL").rstrip("/")
BALLOT_LOGS = DATA / "ballot-logs"
VOTER_SECRET = options.read("PAIKE_VOTER_SECRET")
UPLOAD_PARTS = DATA / "uploads"
EXHIBITIONS = DATA / "exhibition"  # packages that this installation serves itself


def _secret_key() -> str:
    """Made once by `paike up`; without it nothing that needs signing starts."""
    return SECRET_KEY_FILE.read_text(encoding="ascii").strip() if SECRET_KEY_FILE.exists() else ""


def _database() -> dict[str, object]:
    url = options.read("PAIKE_DATABASE_URL")
    common = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
    if not url:
        return common | {"NAME": "paike", "USER": "postgres", "HOST": str(sockets.folder(DATA))}
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return common | {
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
    }


def _store_origins() -> list[str]:
    """Where browsers load films from when a bucket sends them itself."""
    parts = urlsplit(STORE_URL)
    if parts.scheme != "s3":
        return []
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    endpoint = urlsplit(unquote(query.get("endpoint", "")))
    host = f"{parts.netloc}.s3.{query.get('region', 'us-east-1')}.amazonaws.com"
    return [f"{endpoint.scheme}://{endpoint.netloc}" if endpoint.netloc else f"https://{host}"]


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = (
    ["*"]
    if DEVELOPMENT
    else [urlsplit(PUBLIC_URL).hostname or "localhost", "127.0.0.1", "localhost"]
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATABASES = {"default": _database()}

INSTALLED_APPS = [
    "paike.web.shared",
    "paike.web.public",
    "paike.web.account",
    "paike.web.development",
    "paike.web.entrant",
    "paike.web.clerk",
    "paike.web.editor",
    "paike.web.juror",
    "paike.web.organiser",
    "paike.exhibition",
    "paike.awards",
    "paike.review",
    "paike.voting",
    "paike.jury",
    "paike.entries",
    "paike.media",
    "paike.uploads",
    "paike.objects",
    "paike.campaigns",
    "paike.orgs",
    "paike.accounts",
    "paike.vault",
    "paike.audit",
    "paike.notify",
    "paike.config",
    "tree_queries",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "paike.web.shared.outages.middleware",
    "paike.web.shared.impersonal.middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "paike.web.shared.language.middleware",
    "paike.web.shared.plain_text.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "paike.config.urls"
WSGI_APPLICATION = "paike.config.wsgi.application"
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
                "csp.context_processors.nonce",
                "paike.web.shared.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "paike.web.shared.templatetags.paike",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "paike_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 180 * 24 * 3600 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "paike.web.shared.errors.csrf_failure"
TRUSTED_PROXIES = int(options.read("PAIKE_TRUSTED_PROXIES") or 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, "'unsafe-inline'"],  # ECharts and progress bars set style attributes
        "img-src": [SELF, *_store_origins(), "data:", "blob:"],
        "media-src": [SELF, *_store_origins(), "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "paike_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_DIRS = [Path(__file__).parent.parent / "web" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEVELOPMENT
# Vite puts a content hash into every file name below built/assets.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/built/assets/.+[-.][A-Za-z0-9_-]{8,}\..+$"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_ON_APP_READY = "paike.config.worker.on_app_ready"
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 2.0,
    "stalled_worker_timeout": 8.0,
    "fetch_job_polling_interval": 1.0,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
