"""Containers: files that hold texts in strings, such as JSON and CSV.

Each string is a text of its own. It is decoded, worked on, and encoded again in its place, so that
everything else in the file stays byte for byte. Formats whose strings are not read are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from shortcodes.cli.containers import csv_cells, json_strings
from shortcodes.cli.containers.strings import Container, ContainerError

INPUT_FORMATS: Mapping[str, Callable[[str], Container] | None] = {
    "text": None,
    "json": json_strings.read_json,
    "jsonl": json_strings.read_json_lines,
    "csv": csv_cells.read_csv,
    "tsv": csv_cells.read_tsv,
}
"""What reads each kind of file; `None` for a file that is one text."""

_EXTENSIONS = {
    ".json": "json",
    ".jsonld": "json",
    ".geojson": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
}
_REFUSED = {
    ".sql": "SQL",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".js": "JavaScript",
    ".cjs": "JavaScript",
    ".mjs": "JavaScript",
    ".jsx": "JavaScript",
    ".ts": "TypeScript",
    ".tsx": "TypeScript",
    ".toml": "TOML",
}

_WAY_OUT = "--input-format text reads the file as one text"


def read_container(
    name: str, text: str, input_format: str | None, separator: str | None = None
) -> Container | None:
    """Return the strings of a file, or `None` if it is one text.

    Args:
        name: The name of the file, or "-" for standard input, which is JSON if all of it, or each
            of its lines, parses as such.
        text: What it holds.
        input_format: A key of `INPUT_FORMATS`; `None` for that of the extension of the name.
        separator: A key of `csv_cells.SEPARATORS` for CSV; `None` for that which is found.

    Raises:
        ContainerError: The strings of this format are not read, or it is malformed.
    """
    extension = PurePath(name).suffix.lower()
    if input_format is None and extension in _REFUSED:
        raise ContainerError(
            f"{name}: the strings of {_REFUSED[extension]} are not read; export its texts as JSON "
            f"or CSV ({_WAY_OUT})"
        )
    if input_format is None and name == "-":
        input_format = json_strings.detect(text)
    chosen = input_format or _EXTENSIONS.get(extension, "text")
    read = INPUT_FORMATS[chosen]
    if read is None:
        return None
    if read is csv_cells.read_csv:
        read = partial(csv_cells.read_csv, separator=separator)
    try:
        container = read(text)
        return replace(container, doubt=container.doubt and f"{name}: {container.doubt}")
    except ContainerError as error:
        raise ContainerError(f"{name}: {error} ({_WAY_OUT})") from None
