"""Settings of the tests: a database in memory, quick hashing, keys of their own."""

import os
import tempfile

os.environ.setdefault("SAFEBOARD_HOME", tempfile.mkdtemp(prefix="safeboard-test-"))
os.environ.setdefault("SAFEBOARD_SECRET_KEY", "only for tests")

from .settings import *  # noqa: F403
from .settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["*"]
