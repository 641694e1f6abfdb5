"""A site whose pages contain shortcodes: `fastapi run app.py`."""

from pathlib import Path
from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from handlers import User, engine

from shortcodes_html import write_styles

FOLDER = Path(__file__).parent
TEXTS = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("texts/*.md")}
USERS = {"7a1f": User("Ada"), "c02e": User("Bo")}

app = FastAPI()
templates = Jinja2Templates(FOLDER / "templates")


def find_user(session: Annotated[str, Cookie()] = "") -> User | None:
    """Return who is logged in."""
    return USERS.get(session)


@app.get("/{name}")
async def show_text(
    request: Request, name: str, user: Annotated[User | None, Depends(find_user)]
) -> HTMLResponse:
    """Return the page of a text."""
    if name not in TEXTS:
        raise HTTPException(404)
    stylesheets: dict[str, str] = {}
    body = await engine.arender(
        TEXTS[name],
        format="markdown",
        options={"styles": "none"},
        data={"request": request, "user": user},
        stylesheets=stylesheets,
    )
    context = {"body": body, "styles": write_styles(stylesheets)}
    return templates.TemplateResponse(request, "page.html", context)
