"""WordPress's tags: what an author writes, and the HTML a reader gets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest

from shortcodes import Engine
from shortcodes_wordpress import Media, register, stylesheet
from tests import rendering

MEDIA = {
    1: Media("/one.jpg", "image/jpeg", title="One", alt="A cat", caption="Cat & mouse", link="/1/"),
    2: Media("/two.png", title="Two", width=640, height=480, sizes={"thumbnail": "/two-150.png"}),
    3: Media("/three.jpg", "image/jpeg", title="Alpha", date="2020-01-01", menu_order=-1),
    7: Media("/song.mp3", "audio/mpeg", title="Song", artist="Me", seconds=185, image="/c.jpg"),
    8: Media("/long.ogg", "audio/ogg", seconds=3725),
    9: Media("/film.mp4", "video/mp4", title="Film", width=640, height=360, image="/still.jpg"),
}


class Library:
    """The media above; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def attachments(self, ids: Collection[int]) -> dict[int, Media]:
        self.asked.append(list(ids))
        return {number: MEDIA[number] for number in ids if number in MEDIA}


class Posts(Library):
    """Knows posts too: every one has all of the media."""

    def attached(self, post: int | None) -> dict[int, Media]:
        return {} if post == 404 else MEDIA


def render(
    text: str, form: Any = "html", *, media: Any = None, providers: Iterable[str] = ()
) -> tuple[str, list[str]]:
    """Return the HTML without the style sheet, and the diagnostics' messages."""
    engine = Engine()
    register(engine, media=media, providers=providers)
    html, found = rendering.render(engine, text, form)
    return html.replace(f"<style>{stylesheet()}</style>", ""), [d.message for d in found]


def made(text: str, **options: Any) -> str:
    """Return the HTML of what has no problem."""
    html, messages = render(text, **options)
    assert messages == []
    return html


def shown(text: str) -> list[str]:
    """Return the files of a gallery's images in their order."""
    html, _ = render(text, media=Posts())
    return [part.split('"')[0].strip("/") for part in html.split('src="')[1:]]


# Captions.


def test_a_caption_is_a_figure_with_its_image_and_its_words() -> None:
    text = (
        '[caption id="attachment_7" align="alignright" width="300"]'
        '<a href="/full.jpg"><img class="size-medium wp-image-7" src="/i.jpg" alt="A cat"'
        ' width="300" height="200" /></a> A <em>black</em> cat[/caption]'
    )
    assert made(text) == (
        '<figure id="attachment_7" class="wp-caption alignright">\n'
        '<a href="/full.jpg"><img class="size-medium wp-image-7" src="/i.jpg" alt="A cat"'
        ' width="300" height="200"></a>\n'
        '<figcaption class="wp-caption-text">A <em>black</em> cat</figcaption>\n'
        "</figure>"
    )


def test_a_caption_has_the_defaults_of_wordpress() -> None:
    assert made('[wp_caption]<img src="/i.jpg">[/wp_caption]') == (
        '<figure class="wp-caption alignnone">\n<img src="/i.jpg">\n</figure>'
    )


def test_a_caption_takes_every_attribute() -> None:
    text = (
        '[caption id="attachment_1" caption_id="caption-attachment-1" align="ALIGNCENTER"'
        ' width="640px" caption="One &amp; <b>two</b>" class="wide one\'"]'
        '<img src="/i.jpg" alt="">three[/caption]'
    )
    assert made(text) == (
        '<figure id="attachment_1" class="wp-caption aligncenter wide">\n'
        '<img width="640" src="/i.jpg" alt="">\n'
        '<figcaption id="caption-attachment-1" class="wp-caption-text">One &amp; <b>two</b> three'
        "</figcaption>\n</figure>"
    )


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_a_caption_is_the_same_in_every_format(form: Any) -> None:
    html = made('[caption]<img src="/i.jpg" alt="x"> It’s a <em>cat</em>.[/caption]', form=form)
    assert html.strip() == (
        '<figure class="wp-caption alignnone">\n<img src="/i.jpg" alt="x">\n'
        '<figcaption class="wp-caption-text">It’s a <em>cat</em>.</figcaption>\n</figure>'
    )


def test_a_caption_drops_style_scripts_and_blocks_but_no_words() -> None:
    text = (
        '[caption]<p style="color:red"><img src="/i.jpg" style="x" onload="x()" srcset="/j 2x"></p>'
        "<div>One</div> <script>x()</script><br>[/caption]"
    )
    assert made(text) == (
        '<figure class="wp-caption alignnone">\n<img src="/i.jpg">\n'
        '<figcaption class="wp-caption-text">One</figcaption>\n</figure>'
    )


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("Words only", "it encloses no image"),
        ("", "it encloses no image"),
        ("<img>", "the URL of its image is missing"),
        ('<img alt="a src=b">', "the URL of its image is missing"),
        (
            '<img src="data:,x">',
            "the URL 'data:,x' is refused: only http, https and relative URLs are allowed",
        ),
        (
            '<img src="/x"> <a href="ftp://e.com/">words</a>',
            "the URL 'ftp://e.com/' is refused: only http, https and relative URLs are allowed",
        ),
    ],
)
def test_a_caption_without_a_usable_image_stays(inside: str, reason: str) -> None:
    message = f"[caption] was left in place: its handler failed with ValueError: {reason}"
    html, messages = render(f"[caption]{inside}[/caption]", "text")
    assert "[caption]" in html
    assert messages == [message]


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_entities_in_a_caption_stay_text(form: Any) -> None:
    link = "&lt;a href=&quot;/a&quot;&gt;Log in&lt;/a&gt; <b>b</b> &amp; c"
    html = render(f"[caption caption='{link}']<img src='/a.jpg'>[/caption]", form)[0]
    assert "Log in" in html
    assert "<a" not in html
    assert "<b>b</b> &amp; c" in html


def test_an_id_that_wordpress_did_not_give_is_left_out() -> None:
    assert made('[caption id="location"]<img src="/i.jpg">[/caption]').startswith(
        '<figure class="wp-caption'
    )


# Galleries.


def test_a_gallery_is_a_list_of_figures() -> None:
    assert made('[gallery ids="1,2"]', media=Library()) == (
        '<ul class="gallery gallery-columns-3 gallery-size-thumbnail">\n'
        '<li><figure class="gallery-item">'
        '<a href="/1/"><img src="/one.jpg" alt="A cat" loading="lazy"></a>'
        '<figcaption class="gallery-caption">Cat &amp; mouse</figcaption></figure></li>\n'
        '<li><figure class="gallery-item">'
        '<img src="/two-150.png" alt="" loading="lazy"></figure></li>\n'
        "</ul>"
    )


def test_a_gallery_takes_every_attribute() -> None:
    text = (
        '[gallery ids="2" order="desc" orderby="post__in" columns="12" size="full" link="FILE"'
        ' id="5" exclude="1" itemtag="dl" icontag="dt" captiontag="dd"]'
    )
    assert made(text, media=Library()) == (
        '<ul class="gallery gallery-columns-9 gallery-size-full">\n'
        '<li><figure class="gallery-item"><a href="/two.png">'
        '<img src="/two.png" alt="Two" width="640" height="480" loading="lazy"></a></figure></li>\n'
        "</ul>"
    )


@pytest.mark.parametrize(
    ("attributes", "order"),
    [
        ('ids="3,1,2"', ["three.jpg", "one.jpg", "two-150.png"]),
        ('ids=" 3 1,,2,3"', ["three.jpg", "one.jpg", "two-150.png"]),
        ('ids="3,1,2" orderby="rand"', ["three.jpg", "one.jpg", "two-150.png"]),
        ('ids="3,1,2" orderby="ID"', ["one.jpg", "two-150.png", "three.jpg"]),
        ('ids="3,1,2" orderby="title"', ["three.jpg", "one.jpg", "two-150.png"]),
        ('ids="3,1,2" orderby="title" order="DESC"', ["two-150.png", "one.jpg", "three.jpg"]),
        ('ids="3,1" orderby="date"', ["one.jpg", "three.jpg"]),
        ('include="1,2,3"', ["three.jpg", "one.jpg", "two-150.png"]),
        ("", ["three.jpg", "one.jpg", "two-150.png"]),
        ('id="5" exclude="1"', ["three.jpg", "two-150.png"]),
    ],
)
def test_a_gallery_is_in_the_order_asked_for(attributes: str, order: list[str]) -> None:
    assert shown(f"[gallery {attributes}]") == order


def test_words_among_the_ids_are_left_out_and_reported() -> None:
    for ids in ("1,x,2", "1 x 2", "x,1,2"):
        html, messages = render(f'[gallery ids="{ids}"]', "html", media=Library())
        assert html.count("<img") == 2
        assert messages == ["[gallery]: the media library has no image for attachment x"]


def test_attributes_that_plug_ins_add_to_a_gallery_have_no_effect() -> None:
    added = 'type="rectangular" autostart="false" td_select_gallery_slide="slide"'
    html, messages = render(f'[gallery ids="1,2" {added}]', "html", media=Library())
    assert messages == []
    assert html == render('[gallery ids="1,2"]', "html", media=Library())[0]


def test_a_library_is_asked_once_for_all_of_a_document() -> None:
    library = Library()
    text = (
        '[gallery ids="1,2"] [playlist ids="7"] [gallery include="3"] [playlist type=video ids=9]'
    )
    made(text, media=library)
    assert library.asked == [[1, 2, 3, 7, 9]]


@pytest.mark.parametrize(
    "ids",
    [
        *("1,2", "1, 2", " 1  2 ", "01,002", "1,1,2", ",1,,2,", "1\n2", "+1,2", "1.0,2", "1_0,1"),
        *("0,1,-3,2", "1,2,99999999999999999999", "1,2,x", "1,2,1234567890123456789", "x1,2"),
    ],
)
def test_a_library_is_asked_once_however_ids_are_written(ids: str) -> None:
    for name in ("ids", "IDS", "include"):
        library = Library()
        text = f'[gallery ids="3"][gallery {name}="{ids}"][playlist ids=7]'
        render(text, media=library)
        assert len(library.asked) == 1
        assert {3, 7} <= set(library.asked[0])


def test_the_next_rendering_asks_again() -> None:
    library, engine = Library(), Engine()
    register(engine, media=library)
    for _ in range(2):
        engine.render('[gallery ids="1"]')
    assert library.asked == [[1], [1]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            '[gallery ids="1,2"]',
            "only a media library knows attachments 1, 2;"
            " pass one to shortcodes_wordpress.register",
        ),
        (
            "[playlist ids=7]",
            "only a media library knows attachment 7; pass one to shortcodes_wordpress.register",
        ),
        (
            "[gallery columns=2]",
            "it has no ids, and only a media library with the method `attached` knows the"
            " attachments of a post",
        ),
    ],
)
def test_without_a_library_the_shortcode_stays_with_one_reason(text: str, reason: str) -> None:
    name = text[1:].split()[0]
    message = f"[{name}] was left in place: its handler failed with ValueError: {reason}"
    assert render(text) == (text, [message])


def test_what_a_library_does_not_have_is_named() -> None:
    html, messages = render('[gallery ids="1,7,99"]', media=Library())
    assert html.count("<li>") == 1
    assert messages == ["[gallery]: the media library has no image for attachments 7, 99"]


def test_a_gallery_of_which_nothing_is_there_stays() -> None:
    many = ",".join(map(str, range(101, 113)))
    text = f'[gallery ids="{many}"]'
    html, messages = render(text, media=Library())
    assert html == text
    assert messages == [
        "[gallery] was left in place: its handler failed with ValueError: the media library has"
        " no image for attachments 101, 102, 103, 104, 105, 106, 107, 108, 109, 110 and 2 more"
    ]


def test_a_post_without_images_leaves_its_gallery() -> None:
    _, messages = render('[gallery id="404"]', media=Posts())
    assert messages == [
        "[gallery] was left in place: its handler failed with ValueError: the post has no"
        " image attached"
    ]


# Players.


def test_audio_is_a_player_that_loads_nothing_before_it_is_asked_to() -> None:
    assert made('[audio src="https://example.org/a%20b.mp3"]') == (
        '<audio aria-label="a b.mp3" controls class="wp-audio-shortcode" preload="none">'
        '<source src="https://example.org/a%20b.mp3" type="audio/mpeg">'
        '<a href="https://example.org/a%20b.mp3">a b.mp3</a></audio>'
    )


def test_audio_takes_every_attribute() -> None:
    text = (
        '[audio src="/a" mp3="/a.mp3" m4a="/a.m4a" ogg="/a.ogg" wav="/a.wav" flac="/a.flac" loop'
        ' autoplay="1" muted="muted" preload="AUTO" class="x <y>" style="color:red"]'
    )
    assert made(text) == (
        '<audio aria-label="a" controls class="x" preload="auto" loop autoplay muted>'
        '<source src="/a"><source src="/a.mp3" type="audio/mpeg">'
        '<source src="/a.m4a" type="audio/mp4"><source src="/a.ogg" type="audio/ogg">'
        '<source src="/a.wav" type="audio/wav"><source src="/a.flac" type="audio/flac">'
        '<a href="/a">a</a>, <a href="/a.mp3">a.mp3</a>, <a href="/a.m4a">a.m4a</a>,'
        ' <a href="/a.ogg">a.ogg</a>, <a href="/a.wav">a.wav</a>, <a href="/a.flac">a.flac</a>'
        "</audio>"
    )


def test_audio_takes_its_file_without_a_name() -> None:
    assert made("[audio /a.ogg]") == made('[audio src="/a.ogg"]')


def test_audio_without_a_file_stays() -> None:
    assert render("[audio loop=yes]") == (
        "[audio loop=yes]",
        [
            "[audio] was left in place: its handler failed with ValueError: it has no file: one"
            " of the attributes src, mp3, m4a, ogg, wav, flac is needed"
        ],
    )


def test_video_has_the_defaults_of_wordpress() -> None:
    assert made('[video mp4="/v.mp4"]') == (
        '<video aria-label="v.mp4" controls class="wp-video-shortcode" width="640" height="360"'
        ' preload="metadata" playsinline><source src="/v.mp4" type="video/mp4">'
        '<a href="/v.mp4">v.mp4</a></video>'
    )


def test_video_takes_every_attribute() -> None:
    text = (
        '[video src="/v.webm" mp4="/v.mp4" m4v="/v.m4v" webm="/v.webm" ogv="/v.ogv" flv="/v.flv"'
        ' poster="/p.jpg" loop="true" autoplay="on" muted="1" preload="none" width="99999"'
        ' height="0" class="a b" style="x"]'
    )
    assert made(text) == (
        '<video aria-label="v.webm" controls class="a b" width="9999" height="1" poster="/p.jpg"'
        ' preload="none" loop autoplay muted playsinline><source src="/v.webm" type="video/webm">'
        '<source src="/v.mp4" type="video/mp4"><source src="/v.m4v" type="video/mp4">'
        '<source src="/v.ogv" type="video/ogg"><source src="/v.flv" type="video/x-flv">'
        '<a href="/v.webm">v.webm</a>, <a href="/v.mp4">v.mp4</a>, <a href="/v.m4v">v.m4v</a>,'
        ' <a href="/v.ogv">v.ogv</a>, <a href="/v.flv">v.flv</a></video>'
    )


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_player_keeps_the_tracks_and_the_words_that_it_encloses(form: Any) -> None:
    text = (
        '[video mp4="/v.mp4"]<track src="/en.vtt" kind="subtitles" srclang="en" onload="x">'
        "<track><p>A <b>transcript</b></p>[/video]"
    )
    assert made(text, form=form).strip() == (
        '<video aria-label="v.mp4" controls class="wp-video-shortcode" width="640" height="360"'
        ' preload="metadata" playsinline><source src="/v.mp4" type="video/mp4">'
        '<track src="/en.vtt" kind="subtitles" srclang="en">A <b>transcript</b></video>'
    )


def test_a_player_with_a_track_whose_url_is_refused_stays() -> None:
    html, messages = render('[video mp4="/v.mp4"]<track src="data:,x">[/video]', "text")
    assert "<video" not in html
    assert ["'data:,x' is refused" in message for message in messages] == [True]


def test_links_to_mail_and_telephones_stay_in_enclosed_words() -> None:
    words = '<a href="mailto:ann@example.org">Ann</a>, <a href="tel:+356-21">call</a>'
    assert f">{words}</figcaption>" in made(f'[caption]<img src="/i.jpg"> {words}[/caption]')


def test_blocks_in_enclosed_words_are_lines() -> None:
    text = '[caption]<img src="/i.jpg"><p>One.</p><ul><li>Two</li><li>Three</li></ul>[/caption]'
    assert ">One.<br>Two<br>Three</figcaption>" in made(text)


def test_a_value_that_does_not_fit_is_reported_and_the_default_used() -> None:
    html, messages = render('[video mp4="/v.mp4" width="100%" preload="maybe"]')
    assert html == made('[video mp4="/v.mp4"]')
    assert [message.split(";")[0] for message in messages] == [
        "write a whole number for width, not '100%'",
        "write 'none', 'metadata' or 'auto' for preload, not 'maybe'",
    ]


def test_a_playlist_is_a_list_of_players() -> None:
    assert made('[playlist ids="7,8"]', media=Library()) == (
        '<ol class="wp-playlist wp-audio-playlist wp-playlist-light">\n'
        '<li><figure class="wp-playlist-item"><img src="/c.jpg" alt="" loading="lazy">'
        '<figcaption><cite>Song</cite> <span class="wp-playlist-artist">Me</span>'
        ' <span class="wp-playlist-length">3:05</span></figcaption>'
        '<audio aria-label="Song" controls preload="none">'
        '<source src="/song.mp3" type="audio/mpeg"><a href="/song.mp3">song.mp3</a></audio>'
        "</figure></li>\n"
        '<li><figure class="wp-playlist-item"><figcaption><cite>long.ogg</cite>'
        ' <span class="wp-playlist-length">1:02:05</span></figcaption>'
        '<audio aria-label="long.ogg" controls preload="none">'
        '<source src="/long.ogg" type="audio/ogg"><a href="/long.ogg">long.ogg</a></audio>'
        "</figure></li>\n"
        "</ol>"
    )


def test_a_playlist_takes_every_attribute() -> None:
    text = (
        '[playlist type="audio" include="7" exclude="1" id="1" order="ASC" orderby="title"'
        ' style="dark" tracklist="true" tracknumbers="false" images="false" artists="no"]'
    )
    assert made(text, media=Library()) == (
        '<ol class="wp-playlist wp-audio-playlist wp-playlist-dark wp-playlist-unnumbered">\n'
        '<li><figure class="wp-playlist-item"><figcaption><cite>Song</cite>'
        ' <span class="wp-playlist-length">3:05</span></figcaption>'
        '<audio aria-label="Song" controls preload="none">'
        '<source src="/song.mp3" type="audio/mpeg"><a href="/song.mp3">song.mp3</a></audio>'
        "</figure></li>\n"
        "</ol>"
    )


def test_a_playlist_of_films_without_its_list_shows_their_players() -> None:
    assert made('[playlist type="video" ids="9" tracklist="false"]', media=Library()) == (
        '<ol class="wp-playlist wp-video-playlist wp-playlist-light wp-playlist-unnumbered">\n'
        '<li><figure class="wp-playlist-item">'
        '<video aria-label="Film" controls preload="none" width="640" height="360"'
        ' poster="/still.jpg" playsinline><source src="/film.mp4" type="video/mp4">'
        '<a href="/film.mp4">film.mp4</a></video></figure></li>\n'
        "</ol>"
    )


# Embeds.

YOUTUBE = "https://www.youtube.com/watch?v=abc-efg_ijk"


@pytest.mark.parametrize("url", ["https://example.org/?a=1&b=2", YOUTUBE, "/x"])
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_an_embed_is_a_link(url: str, form: Any) -> None:
    written = url.replace("&", "&amp;")
    expected = f'<figure class="wp-embed"><a href="{written}">{written}</a></figure>'
    source = url if form == "text" else written
    assert made(f"[embed]{source}[/embed]", form=form).strip() == expected
    assert made(f'[embed src="{url}" width=600]', form=form).strip() == expected


def test_an_embed_reads_an_address_that_was_made_a_link() -> None:
    text = '[embed width="600"]<a href="/x">https://example.org/</a>[/embed]'
    assert made(text) == (
        '<figure class="wp-embed"><a href="https://example.org/">https://example.org/</a></figure>'
    )


def test_an_embed_without_an_address_stays() -> None:
    assert render("[embed width=1][/embed]") == (
        "[embed width=1][/embed]",
        [
            "[embed] was left in place: its handler failed with ValueError: it has neither an"
            " enclosed URL nor the attribute src"
        ],
    )


def test_a_film_is_framed_where_its_provider_is_asked_for() -> None:
    html = made(f"[embed width=800]{YOUTUBE}[/embed]", providers=["youtube"])
    assert html == (
        '<figure class="wp-embed">\n'
        '<iframe src="https://www.youtube-nocookie.com/embed/abc-efg_ijk"'
        f' title="YouTube: {YOUTUBE}" width="800" height="450" loading="lazy"'
        ' sandbox="allow-scripts allow-same-origin allow-popups allow-presentation"'
        ' referrerpolicy="strict-origin-when-cross-origin" allow="fullscreen; picture-in-picture"'
        " allowfullscreen></iframe>\n"
        f'<figcaption><a href="{YOUTUBE}">{YOUTUBE}</a></figcaption>\n'
        "</figure>"
    )
    assert made(f'[video src="{YOUTUBE}" width=800 height=450]', providers=["youtube"]) == html


def test_a_film_is_a_link_where_another_provider_is_asked_for() -> None:
    link = f'<figure class="wp-embed"><a href="{YOUTUBE}">{YOUTUBE}</a></figure>'
    assert made(f"[embed]{YOUTUBE}[/embed]", providers=["vimeo"]) == link
    assert made(f'[video src="{YOUTUBE}"]') == link


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("https://youtu.be/abc-efg_ijk?t=90", "embed/abc-efg_ijk?start=90"),
        (
            "https://m.youtube.com/watch?app=x&v=abc-efg_ijk&t=1h2m3s",
            "embed/abc-efg_ijk?start=3723",
        ),
        ("HTTPS://YouTube.com/shorts/abc-efg_ijk", "embed/abc-efg_ijk"),
        ("//www.youtube-nocookie.com/embed/abc-efg_ijk#x", "embed/abc-efg_ijk"),
        ("https://vimeo.com/76979871", "video/76979871?dnt=1"),
        ("https://vimeo.com/channels/staff/76979871#t=30s", "video/76979871?dnt=1#t=30"),
        ("https://vimeo.com/76979871/0123abcdef", "video/76979871?dnt=1&amp;h=0123abcdef"),
        ("https://player.vimeo.com/video/7?h=0123abcdef", "video/7?dnt=1&amp;h=0123abcdef"),
        ("https://www.youtube.com/watch?v=abc-efg_ijkl", ""),
        ("https://youtube.com.evil.test/watch?v=abc-efg_ijk", ""),
        ("https://evil.test/https://youtu.be/abc-efg_ijk", ""),
        ("https://notyoutu.be/abc-efg_ijk", ""),
        ("https://vimeo.com/user7", ""),
        ("https://vimeo.com/7x", ""),
    ],
)
def test_the_pages_of_films_are_recognised(url: str, frame: str) -> None:
    html = made(f"[embed src='{url}']", providers=("youtube", "vimeo"))
    found = html.partition('iframe src="https://')[2].partition('"')[0]
    assert found.partition("/")[2] == frame


# Registering.


def test_an_unknown_provider_is_a_wrong_call() -> None:
    with pytest.raises(ValueError, match=r"\Aunknown provider 'x'; known: vimeo, youtube\Z"):
        register(Engine(), providers=["x"])


def test_tags_that_are_taken_are_taken_over_only_on_request() -> None:
    engine = Engine()
    engine.register("audio", "mine")
    with pytest.raises(ValueError, match="registered already"):
        register(engine)
    engine = Engine()
    engine.register("audio", "mine")
    register(engine, replace=True)
    assert "<audio" in engine.render("[audio /a.mp3]")


def test_the_style_sheet_is_printed_once() -> None:
    engine = Engine()
    register(engine)
    html = engine.render("[audio /a.mp3]\n\n[video /v.mp4]\n\n[embed /x]", format="html")
    assert html.count("<style>") == 1
    assert html.count(".wp-playlist-dark {") == 1


def test_the_style_sheet_makes_no_request_and_has_no_pixels_but_borders() -> None:
    css = stylesheet()
    assert "url(" not in css
    assert "@import" not in css
    assert {line for line in css.splitlines() if "px" in line and "1px solid" not in line} == set()
