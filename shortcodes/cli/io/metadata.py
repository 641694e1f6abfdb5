"""Copies the metadata of a file to another: owner, group, mode and extended attributes.

Both files are open. A mode and an access control list (ACL) have a meaning only together with owner
and group. If these cannot be kept, nobody but the new owner may do more with the new file than with
the old one.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

_ACL = "system.posix_acl_access"
_OF_CONTENT = frozenset({"security.capability", "security.ima", "security.evm"})
"""Attributes that vouch for the content of a file; the system removes them when it changes."""

_SET_ID = stat.S_ISUID | stat.S_ISGID
"""With these bits a program runs as its owner or group, whoever starts it."""
_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def copy_metadata(new: int, old: int | None, status: os.stat_result) -> None:
    """Copy the metadata of an open file to another one, as much as this user may set.

    Args:
        new: The descriptor of the file to change.
        old: The descriptor of the original, or `None` if it cannot be read.
        status: The status of the original.
    """
    is_owner_kept, is_group_kept = _set_owner(new, status)
    attributes = None if old is None else _read_attributes(old)
    acl = (attributes or {}).pop(_ACL, None)
    _set_attributes(new, attributes or {})
    # Where a file has an ACL, the bits of its group are the mask of that.
    mode = stat.S_IMODE(status.st_mode)
    if not (is_owner_kept and is_group_kept):
        mode &= ~_SET_ID
    if not _set_acl(new, acl if is_group_kept else None) or attributes is None:
        mode &= ~_OF_OTHERS
    elif not is_group_kept:
        mode = _drop_group(mode) if acl is None else mode & ~_OF_OTHERS
    if hasattr(os, "fchmod"):
        os.fchmod(new, mode)


def _set_owner(new: int, status: os.stat_result) -> tuple[bool, bool]:
    """Set owner and group, or the group alone; return which of them the file now has."""
    if hasattr(os, "fchown"):
        for owner in (status.st_uid, -1):
            with suppress(OSError):
                os.fchown(new, owner, status.st_gid)
                break
    now = os.fstat(new)
    return now.st_uid == status.st_uid, now.st_gid == status.st_gid


def _drop_group(mode: int) -> int:
    """Return a mode for a file whose group changes: it allows only what group and others both had.

    Members of the old group are among the others now, and those of the new group were before.
    """
    both = mode >> 3 & mode & stat.S_IRWXO
    return mode & ~_OF_OTHERS | both << 3 | both


def _read_attributes(file: int) -> dict[str, bytes]:
    """Return the extended attributes of an open file that can be read."""
    attributes: dict[str, bytes] = {}
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # the file system does not support them
            for name in os.listxattr(file):
                with suppress(OSError):
                    attributes[name] = os.getxattr(file, name)
    return attributes


def _set_attributes(new: int, attributes: dict[str, bytes]) -> None:
    """Set the extended attributes of an open file to these, as far as that is allowed."""
    for name in {*_read_attributes(new)} - {*attributes, _ACL, *_OF_CONTENT}:
        with suppress(OSError):
            os.removexattr(new, name)
    for name in {*attributes} - _OF_CONTENT:
        with suppress(OSError):
            os.setxattr(new, name, attributes[name])


def _set_acl(new: int, acl: bytes | None) -> bool:
    """Set the ACL of an open file, or remove an inherited one; return whether that worked."""
    try:
        if acl is not None:
            os.setxattr(new, _ACL, acl)
        elif _ACL in _read_attributes(new):
            os.removexattr(new, _ACL)
    except OSError:
        return False
    return True
