"""The samples of other systems on the pages about porting print what stands below them.

`tests/test_docs.py` runs the Python on these pages.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.needs import missing
from tests.repository import ROOT
from tests.samples import Sample, samples
from tests.wordpress import process

pytestmark = [pytest.mark.slow, pytest.mark.checkout]

FROM_WORDPRESS = ROOT / "docs/from-wordpress.md"
RUNNER = Path(process.__file__).with_name("sample.php")


@pytest.mark.parametrize(
    ("sample", "printed"),
    [*zip(samples(FROM_WORDPRESS, "php"), samples(FROM_WORDPRESS, "html"), strict=True)],
    ids=lambda sample: f"line {sample.line}",
)
def test_wordpress_prints_what_stands_below_a_sample(sample: Sample, printed: Sample) -> None:
    if sentence := process.missing():
        missing(sentence)
    done = subprocess.run(
        ["php", "-d", "display_errors=stderr", str(RUNNER), str(process.folder())],
        input=sample.source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (f"{done.stdout}\n", done.stderr) == (printed.source, "")
