"""`python -m tests.stack -- python -m tests.bench`: makes the centre, measures, prints, and leaves nothing running."""

import logging
import os
import signal
import sys
import time
from pathlib import Path

from tests.stack.servers import directory

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "bench only: signs nothing that leaves it",
    "SEAL_KEY": "bench only: seals nothing that leaves it",
    "PUBLIC_URL": "http://localhost",
    "INSECURE_HTTP": "true",
    "SHOW_MAIL": "false",
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "LOG_LEVEL": "ERROR",
    "DEBUG": "false",
}


def main(arguments: list[str]) -> int:
    if "ATTEST_STACK" not in os.environ or arguments not in ([], ["--queries"], ["--import"], ["--combination"]):
        print("usage: ./attest bench [--queries | --import | --combination]", file=sys.stderr)
        return 2
    if arguments == ["--import"]:
        bench_imports()
        return 0
    if arguments == ["--combination"]:
        bench_combination()
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with directory() as data:
            os.environ.update(SETTINGS, DATA_DIR=str(data))
            bench(data, only_queries=bool(arguments))
    except KeyboardInterrupt:
        return 130
    return 0


def bench(data: Path, *, only_queries: bool) -> None:
    begun = time.monotonic()
    logging.disable(logging.WARNING)
    prepare()
    from tests.bench.centre import make_centre
    from tests.bench.measure import cost_of, measure
    from tests.bench.pages import pages_of
    from tests.bench.report import print_queries, print_times

    pages = pages_of(make_centre())
    costs = {page.name: cost_of(page) for page in pages}
    print(f"Made the centre in {time.monotonic() - begun:.0f} s", flush=True)
    if only_queries:
        return print_queries(costs)
    print_times(measure(pages, data), costs)
    bench_imports()
    return bench_combination()


def bench_imports() -> None:
    from tests.bench.importing import measure_imports, print_imports

    print_imports(measure_imports())


def bench_combination() -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # one core is what is said to be measured
    from tests.bench.combination import print_combination

    print_combination()


def prepare() -> None:
    """The database, the static files, and Django in this process too, which makes the data."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with one
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
