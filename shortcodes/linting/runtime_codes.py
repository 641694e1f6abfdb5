"""Codes of what only rendering and converting can find: pages without a rule."""

from __future__ import annotations

from typing import ClassVar

from shortcodes.diagnostics import Severity
from shortcodes.linting.code import Code


class DeepShortcodes(Code):
    """Shortcodes below level 20 are not listed as children.

    ## What it does
    `extract` reports that shortcodes are nested deeper than its lists of children go.

    ## Why is this bad
    The deeper shortcodes are missing from the output. Few readers of JSON accept a hundred thousand
    levels.

    ## Example
    ```text
    [a][a][a] and so on, 21 times
    ```

    ## Use instead
    ```text
    [a][a]a level or two[/a][/a]
    ```
    """

    code = "SC401"
    name = "deep-shortcodes"


class HandlerFailed(Code):
    """A handler failed; the source of its shortcode stays.

    ## What it does
    `render` reports the shortcode whose handler raised an exception, and the exception.

    ## Why is this bad
    Readers see the shortcode as it is written, or what the engine is set to show instead.

    ## Example
    ```text
    [chart data="missing.csv"]
    ```

    ## Use instead
    ```text
    [chart data="sales.csv"]
    ```
    """

    code = "SC402"
    name = "handler-failed"
    severity: ClassVar[Severity] = "error"


class TooDeep(Code):
    """Handlers below level 100 are not run; the source of the shortcodes stays.

    ## What it does
    `render` reports that shortcodes are nested deeper than the engine's `max_depth`.

    ## Why is this bad
    Readers see the deeper shortcodes as they are written.

    ## Example
    ```text
    [box][box][box] and so on, 101 times
    ```

    ## Use instead
    ```text
    [box][box]a level or two[/box][/box]
    ```
    """

    code = "SC403"
    name = "too-deep"


class TooLarge(Code):
    """A handler's output would make the document too large; the source of its shortcode stays.

    ## What it does
    `render` reports the shortcode at which all output together would exceed the engine's
    `max_output`.

    ## Why is this bad
    Readers see that shortcode and the ones after it as they are written.

    ## Example
    ```text
    [list items="1000000"]
    ```

    ## Use instead
    ```text
    [list items="50"]
    ```
    """

    code = "SC405"
    name = "too-large"
    severity: ClassVar[Severity] = "error"


class TooSlow(Code):
    """An asynchronous handler took too long; the source of its shortcode stays.

    ## What it does
    `render` reports the shortcode whose handler did not finish within the engine's `timeout`.

    ## Why is this bad
    Readers see the shortcode as it is written.

    ## Example
    ```text
    [feed url="https://example.com/slow.xml"]
    ```

    ## Use instead
    ```text
    [feed url="https://example.com/feed.xml"]
    ```
    """

    code = "SC406"
    name = "too-slow"
    severity: ClassVar[Severity] = "error"


class FailingInside(Code):
    """Ten nested shortcodes have failed with this content; the source of the shortcode stays.

    ## What it does
    `render` reports the shortcode at which it gives up. Each time a nested shortcode fails, the
    content of the shortcode around it has to be laid out again, and it does so at most ten times.

    ## Why is this bad
    Readers see the shortcode as it is written.

    ## Example
    ```text
    [broken][broken]and so on, eleven times[/broken][/broken]
    ```

    ## Use instead
    ```text
    [box]a handler that works[/box]
    ```
    """

    code = "SC407"
    name = "failing-inside"
    severity: ClassVar[Severity] = "error"


class StylesNotInlined(Code):
    """The styles of a shortcode's output could not be written inline.

    ## What it does
    With `styles="inline"`, `render` reports the output for which css-inline, the library that
    writes the styles into the elements, failed, and why. The output is kept without these styles.

    ## Why is this bad
    Feeds and mail show the output without its styles.

    ## Example
    ```text
    [card] whose handler returns markup that css-inline cannot read
    ```

    ## Use instead
    ```text
    [card] whose handler returns markup that it can
    ```
    """

    code = "SC408"
    name = "styles-not-inlined"
