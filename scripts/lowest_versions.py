"""Print requirements for pip: the lowest allowed version of each library, and the tools of tests.

pip install -e . -r <(python scripts/lowest_versions.py)
"""

import tomllib
from itertools import chain
from pathlib import Path

TOOLS = (
    "flask",
    "hypothesis",
    "jsonschema",
    "playwright",
    "pytest",
    "pytest-httpserver",
    "trustme",
)
"""What the tests need; other tools may need newer libraries than the package does."""
PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"

project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
extras = project["optional-dependencies"]
for requirement in chain(project["dependencies"], *extras.values()):
    name, lowest, version = requirement.partition(">=")
    if lowest:
        print(f"{name}=={version}")
print(*(pin for pin in extras["dev"] if pin.partition("==")[0] in TOOLS), sep="\n")
