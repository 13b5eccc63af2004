"""Every component and page of the gallery is drawn whole, and holds to the rules of the browser."""

import re
from collections import Counter

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from foundation.ui import gallery

PAGES = [*gallery.PAGES, "gallery"]


@pytest.fixture
def drawn():
    request = RequestFactory().get("/")

    def draw(name: str) -> str:
        if name == "gallery":
            return render_to_string("gallery/index.html", gallery.context(), request)
        sample = gallery.PAGES[name]
        return render_to_string(sample.template, gallery.sample(name), request)

    return draw


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_inline_script_or_style(drawn, name):
    html = drawn(name)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", html)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_each_id_once(drawn, name):
    ids = Counter(re.findall(r'\sid="([^"]+)"', drawn(name)))
    assert [ident for ident, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_shape_and_icon_of_a_page_is_in_its_sprite(drawn, name):
    html = drawn(name)
    used = set(re.findall(r'<use href="#([^"]+)"', html))
    held = set(re.findall(r'<symbol id="([^"]+)"', html))
    assert used - held == set()


@pytest.mark.parametrize("name", PAGES)
def test_what_describes_or_labels_a_control_exists(drawn, name):
    html = drawn(name)
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    named = re.findall(r'\s(?:for|aria-describedby|aria-labelledby|aria-controls)="([^"]+)"', html)
    assert [ident for value in named for ident in value.split() if ident not in ids] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_title_one_h1_and_one_main(drawn, name):
    html = drawn(name)
    assert (html.count("<title>"), html.count("<h1"), html.count("<main")) == (1, 1, 1)
    assert re.search(r"<title>[^<]+ - QAD Portal</title>", html)


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_posts_carries_the_token(drawn, name):
    html = drawn(name)
    forms = re.findall(r'<form[^>]*method="post".*?</form>', html, flags=re.S)
    assert [form[:80] for form in forms if "csrfmiddlewaretoken" not in form] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_template_error_or_python_value_shows(drawn, name):
    html = drawn(name)
    for word in (">None<", "{{", "{%", "&lt;svg", "&lt;span", "SafeString", "object at 0x"):
        assert word not in html


def test_a_page_without_a_shell_has_no_rail():
    html = render_to_string("errors/404.html", {"shell": None}, RequestFactory().get("/"))
    assert 'id="rail"' not in html
    assert "There is no such page for you" in html


@pytest.mark.parametrize("status", [403, 409, 422])
def test_a_turndown_shows_every_reason(status):
    context = {"shell": None, "reasons": ["First.", "Second."], "back": "/qad/", "status": status}
    html = render_to_string(f"errors/{status}.html", context)
    fragment = render_to_string("errors/fragment.html", context)
    for word in ("First.", "Second."):
        assert word in html
        assert word in fragment
    assert 'href="/qad/"' in html


def test_a_list_of_fifty_keeps_its_weight():
    from dataclasses import replace

    page = gallery.sample("list")["page"]
    table = replace(page.table, rows=(list(page.table.rows) * 13)[:50])
    html = render_to_string("pages/list.html", {"page": replace(page, table=table)})
    assert len(html.encode()) <= 60_000


def test_nothing_is_chosen_on_a_decision(drawn):
    review, sign_off = drawn("review"), drawn("sign-off")
    assert "checked" not in review
    assert not re.search(r"<input[^>]*\schecked", sign_off)


def test_a_button_that_cannot_be_pressed_says_why():
    from foundation.ui.blocks import Action

    html = render_to_string(
        "components/actions.html",
        {"actions": [Action(text="Submit", reasons=("9 answers not ready",))]},
    )
    assert 'aria-disabled="true"' in html
    ident = re.search(r'aria-describedby="([^"]+)"', html).group(1)
    assert re.search(rf'id="{ident}">9 answers not ready<', html)
