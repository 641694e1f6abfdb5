"""A contestant's process: asked in lines of JSON, ended when an answer takes too long."""

from __future__ import annotations

import json
import selectors
import subprocess
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple

from peers.contestants import Contestant

_START_SECONDS = 60.0
_CHUNK = 1 << 16


class Failure(Exception):  # noqa: N818 - it is what a cell of the table says
    """There is no answer; the message says why, in a word or two."""


class Loaded(NamedTuple):
    """What the worker is told when an input begins."""

    path: Path
    tags: tuple[str, ...]
    paired: tuple[str, ...]


class Worker:
    """Starts the process when it is first needed, and again after it had to be ended."""

    def __init__(self, contestant: Contestant, limit: float) -> None:
        self.contestant = contestant
        self.limit = limit
        self.version = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._loaded: Loaded | None = None

    def start(self) -> None:
        """Start the process. Raises `Failure` with a sentence where it cannot take part."""
        if sentence := self.contestant.missing():
            raise Failure(sentence)
        self._process = subprocess.Popen(
            self.contestant.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        hello = self._answer(_START_SECONDS)
        if "missing" in hello:
            self.end()
            raise Failure(hello["missing"])
        self.version = hello["version"]

    def load(self, loaded: Loaded) -> None:
        """Give the worker an input."""
        self._loaded = loaded
        if self._process is None:
            self.start()
        path, tags, paired = loaded
        self._ask({"load": str(path), "tags": tags, "paired": paired}, _START_SECONDS)

    def run(self, operation: str, repeat: int = 1) -> dict[str, Any]:
        """Return what an operation took and made. Raises `Failure` where it did not end well."""
        if self._process is None and self._loaded is not None:
            self.load(self._loaded)
        return self._ask({"run": operation, "repeat": repeat}, self.limit * repeat)

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, request: dict[str, Any], limit: float) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self.end()
            raise Failure("crashed") from None
        answer = self._answer(limit)
        if "error" in answer:
            raise Failure(answer["error"])
        return answer

    def _answer(self, limit: float) -> dict[str, Any]:
        """Return the next line of the worker."""
        assert self._process is not None
        assert self._process.stdout is not None
        received, deadline = b"", monotonic() + limit
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while not received.endswith(b"\n"):
                if not selector.select(max(0.0, deadline - monotonic())):
                    self.end()
                    raise Failure(f"> {limit:g} s")
                chunk = self._process.stdout.read1(_CHUNK)  # type: ignore[attr-defined]
                if not chunk:
                    self.end()
                    raise Failure("crashed")
                received += chunk
        return json.loads(received)  # type: ignore[no-any-return]

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()
