"""Settings of the tests: a database in memory, quick hashing, keys of their own."""

import atexit
import os
import shutil
import tempfile

# The processes of one test run share a folder and a PostgreSQL: the first makes them, the others inherit the names.
if not os.environ.get("SAFEBOARD_HOME"):
    os.environ["SAFEBOARD_HOME"] = tempfile.mkdtemp(prefix="safeboard-test-")
    atexit.register(shutil.rmtree, os.environ["SAFEBOARD_HOME"], ignore_errors=True)
if os.environ.get("SAFEBOARD_TEST_POSTGRES") == "1":
    from tests.support.postgres import start_postgres

    os.environ["SAFEBOARD_TEST_POSTGRES"] = start_postgres()
os.environ["DATABASE_URL"] = os.environ.get("SAFEBOARD_TEST_POSTGRES", "")
os.environ.setdefault("SAFEBOARD_SECRET_KEY", "only for tests")

from .settings import *  # noqa: F403
from .settings import CACHES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["*"]
