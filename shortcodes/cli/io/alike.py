"""What a file has beside its bytes: owner, group, mode, attributes; given to another file.

All of it is done to files that are open. A mode and a list of who may do what (an ACL) mean
something only together with owner and group: where these cannot be kept, nobody may do more with
the new file than with the old one.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress


def make_alike(new: int, old: int | None, status: os.stat_result) -> None:
    """Give an open file what another one has, of which this is the status, as far as possible."""
    _give(new, status)
    _copy_attributes(new, old)
    if hasattr(os, "fchmod"):
        os.fchmod(new, stat.S_IMODE(status.st_mode))


def _give(new: int, status: os.stat_result) -> None:
    """Set owner and group, or the group alone."""
    if hasattr(os, "fchown"):
        for owner in (status.st_uid, -1):
            with suppress(OSError):
                os.fchown(new, owner, status.st_gid)
                break


def _copy_attributes(new: int, old: int | None) -> None:
    """Set extended attributes."""
    if old is None or not hasattr(os, "listxattr"):
        return
    with suppress(OSError):
        for name in os.listxattr(old):
            with suppress(OSError):
                os.setxattr(new, name, os.getxattr(old, name))
