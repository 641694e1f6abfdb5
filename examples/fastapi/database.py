"""The timetable."""

import json
import sqlite3
from collections.abc import Collection

from fastapi.concurrency import run_in_threadpool

connection = sqlite3.connect(":memory:", check_same_thread=False)
connection.execute("CREATE TABLE boats (island TEXT, departure TEXT)")
connection.executemany(
    "INSERT INTO boats VALUES (?, ?)", [("Gaudos", "8:30"), ("Naxos", "9:15"), ("Paros", "11:00")]
)


async def find_departures(islands: Collection[str]) -> dict[str, str]:
    """Return the time of the boat to each island that has one."""
    return await run_in_threadpool(_query, json.dumps(list(islands)))


def _query(islands: str) -> dict[str, str]:
    query = "SELECT island, departure FROM boats WHERE island IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, [islands]).fetchall())
