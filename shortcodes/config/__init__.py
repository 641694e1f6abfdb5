"""Configuration: how a site's texts are read, rendered and linted. See `shortcodes.config.file`."""

from shortcodes.config.file import Configuration, find, read
from shortcodes.config.values import ConfigError

__all__ = ["ConfigError", "Configuration", "find", "read"]
