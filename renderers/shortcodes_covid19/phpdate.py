"""PHP's `date()` in Python: the language in which a card's author writes how a date should look.

Every letter of https://www.php.net/manual/en/datetime.format.php, compared with PHP 8.2 by the
tests. D, l, M, F, a and A speak the reader's language; S, T, e and r are English as in PHP.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from babel import Locale

from shortcodes.checks import check_type

_ENGLISH = Locale("en")
_SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def php_date(pattern: str, moment: datetime, locale: Locale = _ENGLISH) -> str:
    """Return `moment` written the way `pattern` says.

    Characters that are no letter of `date()` stand for themselves, as does whatever follows a
    backslash. A backslash at the very end gives U+0000, as it does in PHP.

    Raises `ValueError` when `moment` has no time zone, and `TypeError` for an argument of a wrong
    type.
    """
    check_type("pattern", pattern, str)
    check_type("moment", moment, datetime)
    check_type("locale", locale, Locale)
    if moment.utcoffset() is None:
        raise ValueError("php_date needs a moment with a time zone")
    return "".join(
        _LETTERS[character](moment, locale) if is_letter else character
        for character, is_letter in read_pattern(pattern)
    )


def read_pattern(pattern: str) -> Iterator[tuple[str, bool]]:
    """Give every character of a pattern, and whether it stands for a part of the date."""
    characters = iter(pattern)
    for character in characters:
        if character == "\\":
            yield next(characters, "\0"), False
        else:
            yield character, character in _LETTERS


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _seconds(moment: datetime) -> int:
    """Return the distance from UTC in whole seconds, east positive."""
    return int(_offset(moment).total_seconds())


def _offset_text(moment: datetime, separator: str) -> str:
    seconds = _seconds(moment)
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{separator}{minutes % 60:02}"


def _zone(moment: datetime) -> str:
    """Return the zone's identifier, or its distance from UTC where it has none."""
    key = getattr(moment.tzinfo, "key", None)
    if key is not None:
        return str(key)
    return "UTC" if moment.tzinfo is UTC else _offset_text(moment, ":")


def _abbreviation(moment: datetime) -> str:
    if getattr(moment.tzinfo, "key", None) is not None:
        return moment.tzname() or ""
    return "UTC" if moment.tzinfo is UTC else "GMT" + _offset_text(moment, "")


def _zulu(moment: datetime) -> str:
    is_utc = _abbreviation(moment) in ("UTC", "GMT+0000")
    return "Z" if is_utc else _offset_text(moment, ":")


def _swatch(moment: datetime) -> str:
    """Return the internet time: thousandths of a day that begins an hour before UTC's."""
    seconds = _unix(moment) + 3600
    return f"{seconds % 86400 * 10 // 864:03}"


def _unix(moment: datetime) -> int:
    """Return whole seconds since 1970 in UTC, rounded down."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def _hour12(moment: datetime) -> int:
    return moment.hour % 12 or 12


def _day(moment: datetime, locale: Locale, width: str) -> str:
    return str(locale.days["format"][width][moment.weekday()])


def _month(moment: datetime, locale: Locale, width: str) -> str:
    return str(locale.months["format"][width][moment.month])


def _half(moment: datetime, locale: Locale) -> str:
    return str(locale.day_periods["format"]["abbreviated"]["am" if moment.hour < 12 else "pm"])


def _rfc(moment: datetime, _: Locale) -> str:
    return php_date("D, d M Y H:i:s O", moment)


# Every letter, in the order of PHP's manual: day, week, month, year, time, zone, whole dates.
_LETTERS: dict[str, Callable[[datetime, Locale], str]] = {
    "d": lambda t, _: f"{t.day:02}",
    "D": lambda t, locale: _day(t, locale, "abbreviated"),
    "j": lambda t, _: str(t.day),
    "l": lambda t, locale: _day(t, locale, "wide"),
    "N": lambda t, _: str(t.isoweekday()),
    "S": lambda t, _: _SUFFIXES.get(t.day, "th"),
    "w": lambda t, _: str(t.isoweekday() % 7),
    "z": lambda t, _: str(t.timetuple().tm_yday - 1),
    "W": lambda t, _: f"{t.isocalendar().week:02}",
    "F": lambda t, locale: _month(t, locale, "wide"),
    "m": lambda t, _: f"{t.month:02}",
    "M": lambda t, locale: _month(t, locale, "abbreviated"),
    "n": lambda t, _: str(t.month),
    "t": lambda t, _: str(monthrange(t.year, t.month)[1]),
    "L": lambda t, _: str(int(isleap(t.year))),
    "o": lambda t, _: str(t.isocalendar().year),
    "X": lambda t, _: f"+{t.year:04}",
    "x": lambda t, _: f"{t.year:04}",
    "Y": lambda t, _: f"{t.year:04}",
    "y": lambda t, _: f"{t.year % 100:02}",
    "a": lambda t, locale: _half(t, locale).lower(),
    "A": lambda t, locale: _half(t, locale).upper(),
    "B": lambda t, _: _swatch(t),
    "g": lambda t, _: str(_hour12(t)),
    "G": lambda t, _: str(t.hour),
    "h": lambda t, _: f"{_hour12(t):02}",
    "H": lambda t, _: f"{t.hour:02}",
    "i": lambda t, _: f"{t.minute:02}",
    "s": lambda t, _: f"{t.second:02}",
    "u": lambda t, _: f"{t.microsecond:06}",
    "v": lambda t, _: f"{t.microsecond // 1000:03}",
    "e": lambda t, _: _zone(t),
    "I": lambda t, _: str(int(bool(t.dst()))),
    "O": lambda t, _: _offset_text(t, ""),
    "P": lambda t, _: _offset_text(t, ":"),
    "p": lambda t, _: _zulu(t),
    "T": lambda t, _: _abbreviation(t),
    "Z": lambda t, _: str(_seconds(t)),
    "c": lambda t, _: php_date("Y-m-d\\TH:i:sP", t),
    "r": _rfc,
    "U": lambda t, _: str(_unix(t)),
}
