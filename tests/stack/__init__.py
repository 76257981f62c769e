"""The services that the tests run against: PostgreSQL, Redis, a Celery worker, Chromium."""
