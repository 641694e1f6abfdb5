"""The shortcodes of the site."""

from dataclasses import dataclass

from database import find_departures
from fastapi import Request
from markupsafe import Markup

from shortcodes import Call, Data, Engine

engine = Engine(on_error="diagnostic")


@dataclass(frozen=True)
class User:
    """Somebody who is logged in."""

    name: str


@engine.shortcode("hello")
def hello(user: Data[User | None]) -> str:
    """Greet the reader."""
    return f"Hello, {user.name}!" if user else "Hello!"


@engine.shortcode("members", order="outer")
async def members(call: Call, user: Data[User | None]) -> Markup:
    """Show the enclosed text to those who are logged in."""
    return await call.arender_children() if user else Markup("<em>For members.</em>")


@engine.shortcode("button")
def button(call: Call, to: str, request: Data[Request], *, content: Markup) -> Markup:
    """Link to the page of a text."""
    call.context.stylesheets["button"] = ".button { background: teal; color: white }"
    url = request.url_for("show_text", name=to)
    return Markup('<a class="button" href="{}">{}</a>').format(url, content)


class Departures:
    """Say when boats leave, with one query for all shortcodes of a text."""

    async def render_many(self, calls: list[Call]) -> list[str | Exception]:
        """Return a time for each shortcode."""
        islands = [call.attributes.get("island", "") for call in calls]
        times = await find_departures(islands)
        return [times.get(island) or LookupError(f"no boat to {island!r}") for island in islands]


engine.register("departure", Departures)
