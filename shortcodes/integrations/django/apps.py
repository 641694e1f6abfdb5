"""The app, with its system checks."""

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
        """Register the checks of `manage.py check`."""
        checks.register(check)
        setting_changed.connect(forget_settings)


def check(app_configs: Any, **kwargs: Any) -> list[checks.Error]:
    """Return an error for each mistake in the setting `SHORTCODES`."""
    return [
        checks.Error(message, id=f"shortcodes.{code}")
        for code, message in conf.read_settings().mistakes
    ]


def forget_settings(*, setting: str, **kwargs: Any) -> None:
    """Forget the settings when a test changes them."""
    if setting == conf.SETTING:
        conf.read_settings.cache_clear()
