"""Django: an app with the filter `{{ text|shortcodes }}` and the block `{% shortcodes %}`."""

from importlib.util import find_spec

from shortcodes.integrations import missing

if find_spec("django") is None:
    raise missing("Django", "django")
