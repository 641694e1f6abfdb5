"""Configuration: how a site's texts are read, rendered and linted. See `shortcodes.config.file`."""

from shortcodes.config.file import KEYS, Configuration, find, read
from shortcodes.config.values import ConfigError

__all__ = ["KEYS", "ConfigError", "Configuration", "find", "read"]
