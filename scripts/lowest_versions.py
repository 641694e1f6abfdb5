"""Print the lowest allowed version of each library that the package needs, as constraints for pip.

pip install . --constraint <(python scripts/lowest_versions.py)
"""

import tomllib
from itertools import chain
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"

project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
for requirement in chain(project["dependencies"], *project["optional-dependencies"].values()):
    name, relation, version = requirement.partition(">=")
    if relation:
        print(f"{name}=={version}")
