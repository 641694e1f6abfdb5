"""Codes of what only rendering and converting can find: pages without a rule."""

from __future__ import annotations

from typing import ClassVar

from shortcodes.diagnostics import Severity
from shortcodes.linting.code import Code


class DeepShortcodes(Code):
    """Shortcodes below level 20 are not listed as children.

    ## What it does
    `extract` says that shortcodes nest deeper than the lists of children that it gives.

    ## Why is this bad
    Those below are missing in the output. Few readers of JSON take a hundred thousand levels.

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
    """A handler failed; the source stays.

    ## What it does
    `render` says which shortcode's handler raised, and what.

    ## Why is this bad
    Readers see the shortcode as it is written, or what the engine puts there.

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
    """Handlers below level 100 are not run; the source stays.

    ## What it does
    `render` says that shortcodes nest deeper than the engine's `max_depth`.

    ## Why is this bad
    Readers see those below as they are written.

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
    """With a handler's output the document would be larger than it may; the source stays.

    ## What it does
    `render` says at which shortcode all outputs together exceed the engine's `max_output`.

    ## Why is this bad
    Readers see that shortcode and those behind it as they are written.

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
    """An asynchronous handler took longer than it may; the source stays.

    ## What it does
    `render` says which shortcode's handler did not answer within the engine's `timeout`.

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
    """Ten shortcodes inside each other have failed with what this one encloses; the source stays.

    ## What it does
    `render` says where it gives up laying out the same text again for each handler that fails.

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
    """The styles of a shortcode's output could not be written into its elements.

    ## What it does
    `render` with `styles="inline"` says for which output css-inline, which writes the styles,
    failed, and why. The output stands there without them.

    ## Why is this bad
    Feeds and mail show the output without its look.

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
