"""The app: its checks, and what it forgets when settings change."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.signals import setting_changed

from shortcodes.integrations.django import conf


class ShortcodesConfig(AppConfig):
    """The app that `INSTALLED_APPS` names."""

    name = "shortcodes.integrations.django"
    label = "shortcodes"
    verbose_name = "Shortcodes"

    def ready(self) -> None:
        """Take part in `manage.py check`."""
        checks.register(check)
        setting_changed.connect(forget)


def check(app_configs: Any, **kwargs: Any) -> list[checks.Error]:
    """Return an error for everything that is wrong in the setting `SHORTCODES`."""
    return [checks.Error(message, id=f"shortcodes.{code}") for code, message in conf.read().wrong]


def forget(*, setting: str, **kwargs: Any) -> None:
    """Have the settings read again, after a test has changed them."""
    if setting == conf.SETTING:
        conf.read.cache_clear()
