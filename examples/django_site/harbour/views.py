"""The pages of the site."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

PAGES = {"home": _("The harbour"), "visit": _("Plan a visit")}
"""The title of each page by its name; its text is `texts/LANGUAGE/NAME.md`."""


def show_page(request: HttpRequest, name: str) -> HttpResponse:
    """Render the text of a page."""
    if name not in PAGES:
        raise Http404
    text = (settings.CONTENT / f"texts/{get_language()}/{name}.md").read_text("utf-8")
    variables = {
        "name": name,
        "title": PAGES[name],
        "text": text,
        "pages": PAGES,
        "languages": settings.LANGUAGES,
        "readers": User.objects.order_by("username"),
    }
    return render(request, "page.html", variables)


@require_POST
def sign_in(request: HttpRequest, name: str) -> HttpResponse:
    """Sign a reader in, or out, without a password: this is an example."""
    logout(request)
    if username := request.POST.get("reader"):
        login(request, get_object_or_404(User, username=username))
    return redirect("page", name)
