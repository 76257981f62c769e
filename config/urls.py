"""Where everything is: each app says its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("centres.urls")),
    path("", include("quals.urls")),
    path("", include("portfolios.urls")),
    path("", include("assessments.urls")),
    path("", include("verification.urls")),
    path("", include("certification.urls")),
]
