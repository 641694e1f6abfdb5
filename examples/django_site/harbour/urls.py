"""The addresses of the site: `/` leads to the language that the reader's browser prefers."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from harbour.views import show_page, sign_in

urlpatterns = i18n_patterns(
    path("", show_page, {"name": "home"}),
    path("<slug:name>", show_page, name="page"),
    path("<slug:name>/reader", sign_in, name="sign-in"),
)
