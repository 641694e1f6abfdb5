"""A page that is opened in a browser, and everything that happens there."""

from __future__ import annotations

from typing import Any

PAGE = "http://page.test/folder/"
"""Where every page is; whatever else it asks for is not there, but for pictures of SVG."""

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}">'
    '<rect width="9999" height="9999" fill="#798"/></svg>'
)
ELEMENTS = """() => [...document.body.querySelectorAll('*')].flatMap(e => [
  `<${e.localName}>`,
  ...[...e.attributes].map(a => `<${e.localName} ${a.name}>`),
])"""
MEDIA = """() => {
  const media = document.querySelectorAll('img, audio, video, source, track, iframe');
  return [...media].flatMap(e => ['src', 'poster'].filter(n => e.hasAttribute(n)).map(n =>
    new URL(e.getAttribute(n), document.baseURI).href.replace(/#.*/s, '')));
}"""
HARM = """() => [...document.querySelectorAll('*')].flatMap(e => {
  const forbidden = [
    'applet', 'base', 'button', 'embed', 'form', 'frame', 'frameset', 'iframe', 'input', 'link',
    'marquee', 'math', 'noscript', 'object', 'plaintext', 'script', 'select', 'svg', 'template',
    'textarea', 'xmp', ...e.closest('body') ? ['meta', 'style', 'title'] : [],
  ];
  const addresses = [
    'action', 'background', 'cite', 'data', 'formaction', 'href', 'longdesc', 'manifest', 'poster',
    'src', 'xlink:href',
  ];
  const harmless = ['http:', 'https:', 'mailto:', 'tel:'];
  const lead = name => {  // where the browser itself says that an address leads
    const url = e.getAttribute(name);
    return URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).protocol : 'https:';
  };
  const isBad = ({name}) => /^(on.*|style|srcdoc|srcset|ping)$/.test(name)
    || addresses.includes(name) && !harmless.includes(lead(name));
  return [
    ...forbidden.includes(e.localName) ? [`<${e.localName}>`] : [],
    ...[...e.attributes].filter(isBad).map(a => `<${e.localName} ${a.name}="${a.value}">`),
  ];
})"""
TOUCH = """() => {
  const kinds = [
    'load', 'error', 'toggle', 'focus', 'mouseover', 'mouseenter', 'pointerenter', 'animationstart',
    'input', 'submit',
  ];
  addEventListener('click', event => {
    const {href} = event.target.closest('a, area') ?? {};
    // To the web or to nowhere: not followed. One to a script is not held back.
    if (typeof href === 'string' && (/^(https?|mailto|tel):/.test(href) || !URL.canParse(href)))
      event.preventDefault();
  });
  for (const e of document.querySelectorAll('body *')) {
    for (const kind of kinds) e.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true}));
    e.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
  }
  scrollTo(0, document.body.scrollHeight);
}"""


class Visit:
    """A page that was opened, and what happened there: what it asked for, and other events."""

    def __init__(self, browser: Any, html: str, width: int = 1200) -> None:
        self.asked: list[str] = []
        self._documents: list[str] = []
        self.events: list[str] = []
        self._html = html.encode("utf-8", "replace")
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.events.append(f"error {error}"))
        self.page.on("popup", lambda _: self.events.append("popup"))
        self.page.on("download", lambda _: self.events.append("download"))
        self.page.on("websocket", lambda _: self.events.append("websocket"))
        self.page.context.route("**/*", self._answer)  # a popup's too
        self.page.goto(PAGE, wait_until="domcontentloaded", timeout=60_000)

    def touched(self, milliseconds: int = 500) -> Visit:
        """Return the visit after every element was clicked, focused and so on, and a wait."""
        self.page.evaluate(TOUCH)
        self.page.wait_for_timeout(milliseconds)
        return self

    def harm(self) -> list[str]:
        """Return what no untrusted value may do: events, requests but for media, what is left."""
        media = set(self.page.evaluate(MEDIA))
        gone = [f"goes to {url}" for url in [*self._documents[1:], self.page.url] if url != PAGE]
        asked = [f"asks for {url}" for url in self.asked if url not in media]
        return [*self.events, *gone, *asked, *self.page.evaluate(HARM)]

    def count(self, selector: str) -> int:
        """Return how many elements the page has of a kind."""
        return int(self.page.locator(selector).count())

    def _dialog(self, dialog: Any) -> None:
        self.events.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _answer(self, route: Any) -> None:
        url = route.request.url
        is_document = route.request.resource_type == "document"
        (self._documents if is_document else self.asked).append(url)
        if is_document and len(self._documents) == 1:
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
        elif url.endswith(".svg"):
            body = PICTURE.format(*((300, 200) if "small" in url else (640, 480)))
            route.fulfill(body=body, content_type="image/svg+xml")
        elif is_document:
            route.fulfill(status=204)  # so that the page stays
        else:
            route.abort()
