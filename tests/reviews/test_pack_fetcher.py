"""A printed page can draw in nothing but the packaged files."""

import socket
from pathlib import Path

import pytest
import weasyprint
from weasyprint.urls import FatalURLFetchingError

from reviews.packs import render
from reviews.packs.fetcher import NotPackagedError, PackagedFiles

REFUSED = [
    "http://127.0.0.1:9/x.png",
    "https://portal.invalid/x.css",
    "file:///etc/passwd",
    "data:text/css,body{color:red}",
    "ftp://portal.invalid/x",
    "pack:../packs/pack.html",
    "pack:/etc/passwd",
    "pack:print.css?x",
    "pack:",
    "PACK:print.css",
    "print.css",
]


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_is_not_packaged_is_refused(url) -> None:
    with pytest.raises(NotPackagedError):
        PackagedFiles().read(url)
    with pytest.raises(NotPackagedError):
        render.new_fetcher().fetch(url)


def test_only_stylesheets_drawings_and_typefaces_are_packaged() -> None:
    names = PackagedFiles().names()
    assert {Path(name).suffix for name in names} == {".css", ".svg", ".ttf"}
    assert {"print.css", "parts.css", "tick.svg", "pack-serif-400.ttf"} <= set(names)


@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        "<style>@import url(file:///etc/passwd);</style>",
        "<style>@font-face{font-family:x;src:url(http://127.0.0.1:9/x)} p{font-family:x}</style>",
        '<style>p{background:url("data:image/svg+xml,<svg/>")}</style>',
        '<object data="http://127.0.0.1:9/x"></object>',
    ],
)
def test_a_page_that_asks_for_more_stops_the_print_and_opens_no_connection(
    markup, monkeypatch
) -> None:
    opened = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: opened.append(address))
    page = weasyprint.HTML(
        string=f"<html lang=en><title>x</title>{markup}<p>x</p>",
        base_url="pack:",
        url_fetcher=render.new_fetcher(),
    )
    with pytest.raises(FatalURLFetchingError):
        page.write_pdf()
    assert opened == []
