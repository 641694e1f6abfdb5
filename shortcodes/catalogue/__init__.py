"""The catalogue: the plug-ins that shortcode names come from, as listed in `known_names.txt`.

>>> from shortcodes.catalogue import plugins_of
>>> [plugin.name for plugin in plugins_of("vc_row")]
['WPBakery Page Builder']
"""

from shortcodes.catalogue.encoded_content import decode_content
from shortcodes.catalogue.names import Catalogue, Plugin, catalogue, plugins_of

__all__ = ["Catalogue", "Plugin", "catalogue", "decode_content", "plugins_of"]
