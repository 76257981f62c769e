"""Nobody gets in without signing in, except where a view says so; and then they are where they were."""

from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.utils.http import url_has_allowed_host_and_scheme


class SignInRequired(LoginRequiredMiddleware):
    """Django's own lock, with two additions: a form sent after the session expired leads back to its page,
    and what a signed-in person read is not left in the browser's store for the next one at that desk."""

    def handle_no_permission(self, request, view_func):
        partly = bool(request.headers.get("HX-Request"))
        if request.method in {"GET", "HEAD"} and not partly:
            return super().handle_no_permission(request, view_func)
        response = redirect_to_login(
            page_of(request), self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )
        if partly:
            response.headers["HX-Redirect"] = response.url
            response.status_code = 204
        return response

    def process_response(self, request, response):
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response


def page_of(request) -> str:
    """The page that a request was made from, as a path of this site; where that is unknown, the first."""
    try:
        referer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # not an address at all
        return "/"
    page = f"{referer.path}?{referer.query}" if referer.query else referer.path
    here = referer.netloc == request.get_host() and referer.scheme in {"http", "https"}
    return page if here and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/"
