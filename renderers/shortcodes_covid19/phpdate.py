"""Formats dates as PHP's `date()` does. Authors of cards use its formats.

All letters of https://www.php.net/manual/en/datetime.format.php are supported, and the tests
compare them with PHP 8.2. D, l, M, F, a and A are in the language of the reader. S, T, e and r are
English, as in PHP.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from babel import Locale

from shortcodes.common.checks import check_type

_ENGLISH = Locale("en")
_SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def php_date(pattern: str, moment: datetime, locale: Locale = _ENGLISH) -> str:
    """Return a time in a format of PHP's `date()`.

    Args:
        pattern: The format. Characters that are not letters of `date()`, and characters after a
            backslash, are copied. A backslash at the very end gives U+0000, as in PHP.
        moment: The time, with a time zone.
        locale: The language of the names of days and months.

    Raises:
        ValueError: `moment` has no time zone.
        TypeError: An argument has a wrong type.
    """
    check_type("pattern", pattern, str)
    check_type("moment", moment, datetime)
    check_type("locale", locale, Locale)
    if moment.utcoffset() is None:
        raise ValueError("moment must have a time zone")
    return "".join(
        _LETTERS[character](moment, locale) if is_letter else character
        for character, is_letter in read_pattern(pattern)
    )


def read_pattern(pattern: str) -> Iterator[tuple[str, bool]]:
    """Yield each character of a pattern, and whether it is replaced by a part of the date."""
    characters = iter(pattern)
    for character in characters:
        if character == "\\":
            yield next(characters, "\0"), False
        else:
            yield character, character in _LETTERS


def _get_offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _count_seconds(moment: datetime) -> int:
    """Return the offset from UTC in whole seconds, positive to the east."""
    return int(_get_offset(moment).total_seconds())


def _write_offset(moment: datetime, separator: str) -> str:
    seconds = _count_seconds(moment)
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{separator}{minutes % 60:02}"


def _write_zone(moment: datetime) -> str:
    """Return the identifier of the time zone, or its offset from UTC if it has none."""
    key = getattr(moment.tzinfo, "key", None)
    if key is not None:
        return str(key)
    return "UTC" if moment.tzinfo is UTC else _write_offset(moment, ":")


def _write_abbreviation(moment: datetime) -> str:
    if getattr(moment.tzinfo, "key", None) is not None:
        return moment.tzname() or ""
    return "UTC" if moment.tzinfo is UTC else "GMT" + _write_offset(moment, "")


def _write_zulu(moment: datetime) -> str:
    is_utc = _write_abbreviation(moment) in ("UTC", "GMT+0000")
    return "Z" if is_utc else _write_offset(moment, ":")


def _write_swatch_time(moment: datetime) -> str:
    """Return Swatch Internet Time: thousandths of a day that begins an hour before that of UTC."""
    seconds = _count_unix_seconds(moment) + 3600
    return f"{seconds % 86400 * 10 // 864:03}"


def _count_unix_seconds(moment: datetime) -> int:
    """Return the whole seconds since 1970 (UTC), rounded down."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def _get_hour12(moment: datetime) -> int:
    return moment.hour % 12 or 12


def _write_day(moment: datetime, locale: Locale, width: str) -> str:
    return str(locale.days["format"][width][moment.weekday()])


def _write_month(moment: datetime, locale: Locale, width: str) -> str:
    return str(locale.months["format"][width][moment.month])


def _write_half(moment: datetime, locale: Locale) -> str:
    return str(locale.day_periods["format"]["abbreviated"]["am" if moment.hour < 12 else "pm"])


def _write_rfc(moment: datetime, _: Locale) -> str:
    return php_date("D, d M Y H:i:s O", moment)


# In the order of PHP's manual: day, week, month, year, time, time zone, full date and time.
_LETTERS: dict[str, Callable[[datetime, Locale], str]] = {
    "d": lambda t, _: f"{t.day:02}",
    "D": lambda t, locale: _write_day(t, locale, "abbreviated"),
    "j": lambda t, _: str(t.day),
    "l": lambda t, locale: _write_day(t, locale, "wide"),
    "N": lambda t, _: str(t.isoweekday()),
    "S": lambda t, _: _SUFFIXES.get(t.day, "th"),
    "w": lambda t, _: str(t.isoweekday() % 7),
    "z": lambda t, _: str(t.timetuple().tm_yday - 1),
    "W": lambda t, _: f"{t.isocalendar().week:02}",
    "F": lambda t, locale: _write_month(t, locale, "wide"),
    "m": lambda t, _: f"{t.month:02}",
    "M": lambda t, locale: _write_month(t, locale, "abbreviated"),
    "n": lambda t, _: str(t.month),
    "t": lambda t, _: str(monthrange(t.year, t.month)[1]),
    "L": lambda t, _: str(int(isleap(t.year))),
    "o": lambda t, _: str(t.isocalendar().year),
    "X": lambda t, _: f"+{t.year:04}",
    "x": lambda t, _: f"{t.year:04}",
    "Y": lambda t, _: f"{t.year:04}",
    "y": lambda t, _: f"{t.year % 100:02}",
    "a": lambda t, locale: _write_half(t, locale).lower(),
    "A": lambda t, locale: _write_half(t, locale).upper(),
    "B": lambda t, _: _write_swatch_time(t),
    "g": lambda t, _: str(_get_hour12(t)),
    "G": lambda t, _: str(t.hour),
    "h": lambda t, _: f"{_get_hour12(t):02}",
    "H": lambda t, _: f"{t.hour:02}",
    "i": lambda t, _: f"{t.minute:02}",
    "s": lambda t, _: f"{t.second:02}",
    "u": lambda t, _: f"{t.microsecond:06}",
    "v": lambda t, _: f"{t.microsecond // 1000:03}",
    "e": lambda t, _: _write_zone(t),
    "I": lambda t, _: str(int(bool(t.dst()))),
    "O": lambda t, _: _write_offset(t, ""),
    "P": lambda t, _: _write_offset(t, ":"),
    "p": lambda t, _: _write_zulu(t),
    "T": lambda t, _: _write_abbreviation(t),
    "Z": lambda t, _: str(_count_seconds(t)),
    "c": lambda t, _: php_date("Y-m-d\\TH:i:sP", t),
    "r": _write_rfc,
    "U": lambda t, _: str(_count_unix_seconds(t)),
}
