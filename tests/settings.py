"""The settings of an installation, with what tests need otherwise; migrations stay on.

Nothing of the caller's own installation gets in: only `tests.stack` names a database or a broker.
"""

import atexit
import os
import shutil
import tempfile

STACK = "ATTEST_STACK" in os.environ
PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def make_data_dir() -> str:
    """One directory for each process of the tests; the worker beside it uses the same."""
    if given := os.environ.get("ATTEST_TEST_DATA"):
        return given
    made_by, path = os.getpid(), tempfile.mkdtemp(prefix="attest-test-")
    atexit.register(lambda: os.getpid() == made_by and shutil.rmtree(path, ignore_errors=True))
    return path


def own_redis(name: str, offset: int) -> None:
    """Two of Redis's sixteen databases for each process, so that one may empty its own."""
    address, _, _ = os.environ[name].rpartition("/")
    os.environ[name] = f"{address}/{PROCESS * 2 + offset}"


if STACK:
    own_redis("REDIS_URL", 0)
    own_redis("CELERY_BROKER_URL", 1)
else:
    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"):
        os.environ.pop(name, None)
for name in ("SECRET_KEY_FILE", "SEAL_KEY_FILE", "STORAGE_BACKEND", "SHOW_MAIL", "DEBUG"):
    os.environ.pop(name, None)
os.environ.update(
    DATA_DIR=make_data_dir(),
    SECRET_KEY="tests only: signs nothing that leaves them",
    SEAL_KEY="tests only: seals nothing that leaves them",
    PUBLIC_URL="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    INSECURE_HTTP="true",
    LEASE_SECONDS="5",
    SWEEP_SECONDS="1",
    LOG_LEVEL="WARNING",
)

from config.settings import *  # noqa: E402, F403
from config.settings import DATA_DIR, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast
if not STACK:
    # A file, as in an installation: threads race on it as they do there.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
