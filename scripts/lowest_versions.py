"""Print requirements for pip: the lowest allowed version of each library, and the tools of tests.

pip install -e . -r <(python scripts/lowest_versions.py)
"""

import re
import tomllib
from itertools import chain
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"

project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
extras = project["optional-dependencies"]
libraries = {"docs"}  # nothing of what builds the documentation is needed
for requirement in chain(project["dependencies"], *extras.values()):
    name, relation, version = re.split("(>=|==)", requirement)
    if relation == ">=":
        libraries.add(name)
        print(f"{name}=={version}")
for requirement in extras["dev"]:
    if requirement.partition("==")[0] not in libraries:
        print(requirement)
