"""What a file has beside its bytes: owner, group, mode, attributes; given to another file.

All of it is done to files that are open. A mode and a list of who may do what (an ACL) mean
something only together with owner and group: where these cannot be kept, nobody but the new owner
may do more with the new file than with the old one.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

_ACL = "system.posix_acl_access"
_OF_THE_BYTES = frozenset({"security.capability", "security.ima", "security.evm"})
"""Attributes that vouch for what is in a file, which the system takes away when it is written."""

_AS_ANOTHER = stat.S_ISUID | stat.S_ISGID
"""A program runs as its owner or its group, whoever starts it."""
_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def copy_metadata(new: int, old: int | None, status: os.stat_result) -> None:
    """Give an open file what another one has, of which this is the status, as far as possible.

    `old` is `None` where that one cannot be read.
    """
    is_owner_kept, is_group_kept = _give(new, status)
    attributes = None if old is None else _attributes(old)
    acl = (attributes or {}).pop(_ACL, None)
    _set_attributes(new, attributes or {})
    # Where a file has an ACL, the bits of its group are the mask of that.
    mode = stat.S_IMODE(status.st_mode)
    if not (is_owner_kept and is_group_kept):
        mode &= ~_AS_ANOTHER
    if not _set_acl(new, acl if is_group_kept else None) or attributes is None:
        mode &= ~_OF_OTHERS
    elif not is_group_kept:
        mode = _without_group(mode) if acl is None else mode & ~_OF_OTHERS
    if hasattr(os, "fchmod"):
        os.fchmod(new, mode)


def _give(new: int, status: os.stat_result) -> tuple[bool, bool]:
    """Set owner and group, or the group alone; return which of them the file has now."""
    if hasattr(os, "fchown"):
        for owner in (status.st_uid, -1):
            with suppress(OSError):
                os.fchown(new, owner, status.st_gid)
                break
    now = os.fstat(new)
    return now.st_uid == status.st_uid, now.st_gid == status.st_gid


def _without_group(mode: int) -> int:
    """Return a mode for another group: it, and all others, may do what both might before.

    Who was in the old group is one of the others now, and who is in the new one was one of them.
    """
    both = mode >> 3 & mode & stat.S_IRWXO
    return mode & ~_OF_OTHERS | both << 3 | both


def _attributes(file: int) -> dict[str, bytes]:
    """Return the extended attributes of an open file that can be read."""
    found: dict[str, bytes] = {}
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # this file system has none
            for name in os.listxattr(file):
                with suppress(OSError):
                    found[name] = os.getxattr(file, name)
    return found


def _set_attributes(new: int, attributes: dict[str, bytes]) -> None:
    """Give an open file these extended attributes and no others, as far as that is allowed."""
    for name in {*_attributes(new)} - {*attributes, _ACL, *_OF_THE_BYTES}:
        with suppress(OSError):
            os.removexattr(new, name)
    for name in {*attributes} - _OF_THE_BYTES:
        with suppress(OSError):
            os.setxattr(new, name, attributes[name])


def _set_acl(new: int, acl: bytes | None) -> bool:
    """Give an open file an ACL, or take away the one of its folder; return whether that worked."""
    try:
        if acl is not None:
            os.setxattr(new, _ACL, acl)
        elif _ACL in _attributes(new):
            os.removexattr(new, _ACL)
    except OSError:
        return False
    return True
