"""Where its pages are."""

urlpatterns = []
