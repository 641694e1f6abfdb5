"""One php process that runs the real WordPress functions, and answers to their names.

with WordPress() as wordpress:
    wordpress.call("atts", text='a="1"')["out"] == [["a", "1"]]
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_CHUNK = 1 << 16
_SECONDS = 60.0
"""How long the process may say nothing while an answer is due."""

Request = Mapping[str, Any]
Answer = dict[str, Any]


class WordPressError(Exception):
    """WordPress could not answer: a wrong request, no answer in time, or the process ended."""


def folder() -> Path:
    """Return the folder that `unpack.sh` unpacks WordPress into."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache, "shortcode-engine", "wordpress", "usr", "share", "wordpress")


def missing() -> str | None:
    """Return a sentence that says what to do before WordPress can run, `None` where it can."""
    if shutil.which("php") is None:
        return "php is missing: install php-cli"
    if not (folder() / "wp-includes" / "shortcodes.php").is_file():
        return "WordPress is missing: run tests/wordpress/unpack.sh"
    return None


class WordPress:
    """The process: it starts with the object and ends with `close`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["php", "-d", "display_errors=stderr", str(_HERE / "server.php"), str(folder())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._stdin, self._stdout = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._stdin, False)

    def call(self, op: str, **arguments: Any) -> Answer:
        """Return the answer to one request, such as `call("atts", text='a="1"')`."""
        return self.calls([{"op": op, **arguments}])[0]

    def calls(self, requests: Iterable[Request]) -> list[Answer]:
        """Return the answers to many requests, in their order.

        Raises `WordPressError` where one cannot be answered.
        """
        lines = [json.dumps(dict(request)).encode() + b"\n" for request in requests]
        answers = [json.loads(line) for line in self._exchange(lines)]
        for answer in answers:
            if "error" in answer:
                raise WordPressError(answer["error"])
        return answers

    def close(self) -> None:
        """End the process, and no other."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> WordPress:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _exchange(self, lines: Sequence[bytes]) -> list[bytes]:
        """Write the lines and read as many; both at once, or two full pipes would wait forever."""
        to_write, read = memoryview(b"".join(lines)), bytearray()
        due = len(lines)
        deadline = time.monotonic() + _SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(self._stdout, selectors.EVENT_READ)
            if to_write:
                selector.register(self._stdin, selectors.EVENT_WRITE)
            while due:
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                if not ready:
                    self._process.kill()
                    raise WordPressError(f"no answer within {_SECONDS:.0f} seconds")
                deadline = time.monotonic() + _SECONDS
                for key, _ in ready:
                    if key.fd == self._stdin:
                        to_write = to_write[os.write(self._stdin, to_write[:_CHUNK]) :]
                        if not to_write:
                            selector.unregister(self._stdin)
                        continue
                    chunk = os.read(self._stdout, _CHUNK)
                    if not chunk:
                        raise WordPressError("php ended; what it said stands on standard error")
                    read += chunk
                    due -= chunk.count(b"\n")
        return bytes(read).split(b"\n")[: len(lines)]
