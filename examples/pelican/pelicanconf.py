"""The settings of the site."""

SITENAME = "Island Ferries"
SITEURL = "https://ferries.example"
PATH = "content"
TIMEZONE = "UTC"
THEME = "simple"
STYLESHEET_URL = f"{SITEURL}/shortcodes.css"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["site_shortcodes"]
