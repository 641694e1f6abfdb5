"""PHP's date(): every letter, in words we can read and against PHP itself."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from shortcodes_covid19 import php_date
from tests import needs

LETTERS = "dDjlNSwzWFmMntLoXxYyaABgGhHisuveIOPpTZcrU"
SEED = 20200608
PAIRS = 6000
ZONES = ["UTC", "Africa/Cairo", "Asia/Dubai", "Asia/Gaza", "Europe/London", "Asia/Kathmandu"]
OFFSETS = [-720, -210, -30, 45, 120, 345, 840]  # minutes

PHP = r"""
$lines = stream_get_contents(STDIN);
foreach (json_decode($lines, true) as [$pattern, $when, $zone]) {
    $moment = (new DateTimeImmutable($when))->setTimezone(new DateTimeZone($zone));
    $out[] = $moment->format($pattern);
}
echo json_encode($out, JSON_UNESCAPED_UNICODE);
"""

MOMENT = datetime(2020, 6, 8, 0, 5, 9, 123456, tzinfo=UTC)
EACH_LETTER = {
    "d": "08",
    "D": "Mon",
    "j": "8",
    "l": "Monday",
    "N": "1",
    "S": "th",
    "w": "1",
    "z": "159",
    "W": "24",
    "F": "June",
    "m": "06",
    "M": "Jun",
    "n": "6",
    "t": "30",
    "L": "1",
    "o": "2020",
    "X": "+2020",
    "x": "2020",
    "Y": "2020",
    "y": "20",
    "a": "am",
    "A": "AM",
    "B": "045",
    "g": "12",
    "G": "0",
    "h": "12",
    "H": "00",
    "i": "05",
    "s": "09",
    "u": "123456",
    "v": "123",
    "e": "UTC",
    "I": "0",
    "O": "+0000",
    "P": "+00:00",
    "p": "Z",
    "T": "UTC",
    "Z": "0",
    "c": "2020-06-08T00:05:09+00:00",
    "r": "Mon, 08 Jun 2020 00:05:09 +0000",
    "U": "1591574709",
}


def test_every_letter_of_the_manual_has_a_meaning() -> None:
    assert {letter: php_date(letter, MOMENT) for letter in LETTERS} == EACH_LETTER


def test_all_other_ascii_stands_for_itself() -> None:
    rest = "".join(chr(n) for n in range(128) if chr(n) not in LETTERS + "\\")
    assert php_date(rest, MOMENT) == rest


def test_what_follows_a_backslash_stands_for_itself() -> None:
    written = {p: php_date(p, MOMENT) for p in (r"\Y", r"\\Y", r"Y \d\e m", "في Y", r"\م")}
    assert written == {
        r"\Y": "Y",
        r"\\Y": r"\2020",
        r"Y \d\e m": "2020 de 06",
        "في Y": "في 2020",
        r"\م": "م",
    }


def test_a_backslash_at_the_end_gives_nul_as_in_php() -> None:
    assert php_date("Y\\", MOMENT) == "2020\0"


def test_names_speak_the_language_and_machine_formats_do_not() -> None:
    assert php_date("l j F Y، g:i a", MOMENT, Locale("ar")) == "الاثنين 8 يونيو 2020، 12:05 ص"
    assert php_date("D M A", MOMENT, Locale("fr")) == "lun. juin AM"
    assert php_date("r", MOMENT, Locale("ar")) == "Mon, 08 Jun 2020 00:05:09 +0000"


def test_a_moment_without_a_zone_is_a_wrong_call() -> None:
    with pytest.raises(ValueError, match="moment must have a time zone"):
        php_date("Y", datetime(2020, 6, 8))


@settings(deadline=None)
@given(st.text(), st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Africa/Cairo")])))
def test_any_text_is_accepted_as_a_pattern(pattern: str, moment: datetime) -> None:
    assert isinstance(php_date(pattern, moment), str)


def _pairs(rng: random.Random) -> list[tuple[str, datetime, str]]:
    """Return patterns, moments, and the zone by the name that PHP has for it."""
    pairs = []
    zone: tzinfo
    for number in range(PAIRS):
        pattern = "".join(rng.choice(LETTERS + "\\ :-/,مΩ") for _ in range(rng.randint(1, 12)))
        if number % 3 == 0:
            span = (-62135596800, 253402300799)  # the years 1 to 9999
            name, zone = "UTC", UTC
        elif number % 3 == 1:
            span = (-2208988800, 2145916800)  # 1900 to 2038, where time zone data is sure
            name = rng.choice(ZONES)
            zone = ZoneInfo(name)
        else:
            span = (-60000000000, 250000000000)
            minutes = rng.choice(OFFSETS)
            zone = timezone(timedelta(minutes=minutes))
            hours, rest = divmod(abs(minutes), 60)
            name = f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
        seconds, micros = rng.randint(*span), rng.randrange(1_000_000)
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=micros)
        pairs.append((pattern, moment.astimezone(zone), name))
    return pairs


def test_php_writes_the_same() -> None:
    php = shutil.which("php")
    if php is None:
        needs.missing("php is not installed: nothing to compare date() with")
    print(f"seed {SEED}")
    pairs = _pairs(random.Random(SEED))
    asked = [(p, t.astimezone(UTC).isoformat(), zone) for p, t, zone in pairs]
    done = subprocess.run(
        [php, "-r", PHP], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    expected = json.loads(done.stdout)
    actual = [php_date(pattern, moment) for pattern, moment, _ in pairs]
    different = [
        (pattern, str(moment), zone, theirs, ours)
        for (pattern, moment, zone), theirs, ours in zip(pairs, expected, actual, strict=True)
        if theirs != ours
    ]
    assert different == []
