"""Django: an app with the filter `{{ text|shortcodes }}` and the block `{% shortcodes %}`."""

from importlib.util import find_spec

from shortcodes.integrations import build_missing_extra

if find_spec("django") is None:
    raise build_missing_extra("Django", "django")
