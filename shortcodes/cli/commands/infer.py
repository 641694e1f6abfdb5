"""`shortcodes schema infer`: proposes schemas for the shortcodes in files."""

from __future__ import annotations

import click

from shortcodes.cli.io import files
from shortcodes.cli.job import Job, takes_files
from shortcodes.common.log_text import escape_strings

_EPILOG = """\b
Example:
  shortcodes schema infer posts/*.html -o schemas.toml"""


@click.command(short_help="Propose schemas for the shortcodes in files.", epilog=_EPILOG)
@takes_files
def infer(job: Job) -> None:
    """Propose schemas for the shortcodes in FILEs, or in standard input (-), as TOML.

    Every shortcode in the FILEs fits the proposal. A comment after each attribute says how often it
    occurs, and with how many values. Read the proposal before you use it.
    """
    from shortcodes.schemas.inference import Inference  # slow to import

    files.check_not_overwritten("--output", job.output, job.names)
    inference = Inference()
    for source in job.read_files():
        for text in source.list_texts():
            inference.add(job.parse(text))
    count = "1 file" if len(job.names) == 1 else f"{len(job.names)} files"
    with job.open_output() as output:
        output.write(files.encode(f"# What the shortcodes of {count} fit: a proposal.\n"))
        for line in inference.toml():
            output.write(f"{escape_strings(line)}\n".encode())
