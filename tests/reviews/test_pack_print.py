"""The sample pack and its sheets, printed and read back."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from foundation.errors import Refused
from reviews.packs import render, sample
from reviews.packs.content import Answer, Answers, AnswerSection, Line, Motion
from tests.reviews import reading

PAGES = 17
TEMPLATES = Path(render.__file__).parents[2] / "templates" / "packs"


@pytest.fixture(scope="module")
def steps() -> list[tuple[int, int]]:
    return []


@pytest.fixture(scope="module")
def printed(steps) -> render.RenderedPack:
    return render.pack_pdf(sample.sample_pack(), lambda done, total: steps.append((done, total)))


@pytest.fixture(scope="module")
def texts(printed) -> list[str]:
    return reading.texts(printed.pdf)


def test_the_pack_has_its_pages(printed, texts) -> None:
    assert (printed.pages, len(texts)) == (PAGES, PAGES)


def test_every_page_but_the_cover_says_which_it_is_of_how_many(texts) -> None:
    assert "Page 1 of" not in texts[0]
    for number, text in enumerate(texts[1:], start=2):
        assert f"Page {number} of {PAGES}\n" in text


def test_every_page_but_the_cover_carries_the_seal(printed, texts) -> None:
    seal = printed.seal
    foot = f"Confidential to the Board. Seal {seal[:4]} {seal[4:8]} {seal[8:12]}"
    assert all(foot in text for text in texts[1:])


def test_applications_and_manifest_begin_on_a_right_hand_page(texts) -> None:
    begins = [number for number, text in enumerate(texts, start=1) if "To decide\n" in text]
    assert [number for number in begins if number > 1] == [3, 13, 15]
    assert "Manifest and how to verify" in texts[PAGES - 1]
    assert PAGES % 2 == 1


def test_the_blank_page_before_an_item_is_for_notes(texts) -> None:
    notes = [number for number, text in enumerate(texts, start=1) if "For your notes" in text]
    assert notes == [12]


def test_the_contents_name_the_page_of_each_section(texts) -> None:
    lines = texts[1].replace("\n", " ")
    for page, title in ((3, "Summary, one page"), (7, "Answers as signed"), (10, "Evidence index")):
        assert re.search(rf"\b{page} +[A-G] +{title}", lines), title
    assert re.search(r"\b17 +Manifest and how to verify", lines)


def test_short_sections_follow_on_the_page_of_the_one_before(texts) -> None:
    fellbeck = texts[13]
    assert "Tests and defects" in fellbeck
    assert "Findings and agreed action plans" in fellbeck
    assert all("Answers as signed" not in text for text in texts[3:6])  # E begins its own page


def test_the_answers_of_a_trio_are_told_apart_and_printed_once() -> None:
    one = Answer("A11", "What stays", "Which parts?", "Complaints and debt stay as they are.")
    again = replace(one, text="", same_as="LDSO")
    answers = Answers(
        "Two answers.",
        (
            AnswerSection("A", "Scope, LDSO", (one,), role="LDSO"),
            AnswerSection("A", "Scope, UMSO", (again,), role="UMSO"),
        ),
    )
    pack = sample.sample_pack()
    own = replace(pack.applications[0], answers=answers)
    pdf = render.pack_pdf(replace(pack, applications=(own,))).pdf
    said = " ".join(" ".join(reading.texts(pdf)).split())
    assert said.count("Complaints and debt stay as they are.") == 1
    assert "The same answer as for LDSO, printed there." in said
    titles = [title for _, title in reading.bookmarks(pdf)]
    assert {"A11 What stays, LDSO", "A11 What stays, UMSO"} <= set(titles)


def test_no_template_of_the_print_says_how_things_look() -> None:
    assert [path.name for path in TEMPLATES.glob("*.html") if "style=" in path.read_text()] == []


def test_bookmarks_lead_to_items_sections_questions_and_findings(printed) -> None:
    marks = reading.bookmarks(printed.pdf)
    assert [title for depth, title in marks if depth == 1] == [
        "Decision pack",
        "Contents",
        "2 Larkspur Energy Supply Limited",
        "3 Fellbeck Networks plc",
        "4 Ynni Tŷ Gwyn Cyf",
        "Manifest and how to verify",
    ]
    larkspur = marks[marks.index((1, "2 Larkspur Energy Supply Limited")) :]
    assert [title for depth, title in larkspur if depth == 2][:3] == [
        "A Summary",
        "B Tests and defects",
        "C Reliance, exemption, assertion",
    ]
    titles = [title for depth, title in marks if depth == 3]
    assert "F-121 Reverse migration was rehearsed once, and not under load" in titles
    assert "J04 Exception management" in titles


def test_a_page_that_opens_inside_an_answer_says_so(texts) -> None:
    assert "E Answers as signed, J05 continued" in texts[7]
    assert [n for n, text in enumerate(texts, start=1) if "continued" in text] == [8]


def test_every_mark_of_every_page_reaches_the_structure_tree(printed) -> None:
    assert reading.pages_with_lost_marks(printed.pdf) == []


def test_a_join_of_two_tagged_files_is_caught_by_that_check(printed) -> None:
    with reading.opened(printed.pdf) as first, reading.opened(printed.pdf) as second:
        first.pages.append(second.pages[2])
        joined = pikepdf_bytes(first)
    assert reading.pages_with_lost_marks(joined) == [PAGES + 1]


def pikepdf_bytes(file: pikepdf.Pdf) -> bytes:
    from io import BytesIO

    out = BytesIO()
    file.save(out)
    return out.getvalue()


def test_header_cells_have_a_scope_and_nothing_empty_is_tagged(printed) -> None:
    with reading.opened(printed.pdf) as file:
        found = list(reading.elements(file))
        heads = [element for element in found if element.S == "/TH"]
        scopes = {str(head.A.Scope) for head in heads}
        empty = [e for e in found if e.S in ("/Span", "/Div", "/P") and not reading.kids(e)]
    assert len(heads) > 100
    assert (scopes, empty) == ({"/Column", "/Row"}, [])


def test_headings_skip_no_level(printed) -> None:
    with reading.opened(printed.pdf) as file:
        levels = [int(str(e.S)[2]) for e in _in_order(file) if re.fullmatch(r"/H\d", str(e.S))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def _in_order(file: pikepdf.Pdf) -> list[pikepdf.Object]:
    waiting, out = [file.Root.StructTreeRoot.K[0]], []
    while waiting:
        element = waiting.pop()
        out.append(element)
        waiting += [
            kid for kid in reversed(reading.kids(element))
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        ]  # fmt: skip
    return out


def test_the_file_names_its_language_title_and_standard(printed) -> None:
    with reading.opened(printed.pdf) as file:
        assert str(file.Root.Lang) == "en-GB"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.Root.MarkInfo.Marked
        title = "Decision pack, BSC Performance Assurance Board, Meeting 9 of 2026"
        assert str(file.docinfo.Title) == title
        assert re.search(rb"pdfuaid:part>1<|pdfuaid:part=\"1\"", file.Root.Metadata.read_bytes())


def test_links_are_printed_and_say_where_they_lead(printed) -> None:
    with reading.opened(printed.pdf) as file:
        links = [link for page in file.pages for link in page.get("/Annots", [])]
        assert len(links) == 17
        assert all(int(link.F) & 4 for link in links)
        assert all(re.fullmatch(r"Go to page \d+", str(link.Contents)) for link in links)


def test_typefaces_are_the_packaged_ones_and_embedded(printed) -> None:
    with reading.opened(printed.pdf) as file:
        fonts = {
            str(font.BaseFont).split("+")[1]: "/ToUnicode" in font
            for page in file.pages
            for font in page.Resources.Font.values()
        }
    assert {name.split("-")[0] for name in fonts} == {
        *("PackSans", "PackSansExt", "PackSerif", "PackSerifExt", "PackMono", "PackSymbols"),
    }
    assert all(fonts.values())


def test_the_attached_manifest_verifies_with_the_attached_parts(printed) -> None:
    files = reading.attachments(printed.pdf)
    text = files.pop("manifest.txt")
    assert text.decode() == printed.manifest
    assert hashlib.sha256(text).hexdigest() == printed.seal
    listed = dict(
        reversed(line.split("  ")) for line in text.decode().splitlines() if line[0] != "#"
    )
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_the_seal_is_printed_whole_with_its_manifest(printed, texts) -> None:
    groups = " ".join(printed.seal[at : at + 8] for at in range(0, 64, 8))
    assert groups in texts[PAGES - 1]


def test_the_same_pack_gives_the_same_bytes(printed) -> None:
    assert render.pack_pdf(sample.sample_pack()).pdf == printed.pdf


def test_progress_never_goes_back_and_ends_complete(printed, steps) -> None:
    assert steps[-1] == (printed.pages, printed.pages)
    done = [step for step, _ in steps]
    assert done == sorted(done) and len(done) > PAGES


def test_nothing_of_legacy_readiness_and_no_missing_value_is_printed(texts) -> None:
    whole = " ".join(texts)
    assert "legacy readiness" not in whole.lower()
    assert "[missing]" not in whole
    assert "[missing]" not in " ".join(reading.texts(render.qad_pdf(sample.sample_qad())))


def test_a_pack_for_one_application_is_printed_alone() -> None:
    printed = render.pack_pdf(sample.one_application_pack())
    texts = reading.texts(printed.pdf)
    assert "1 Larkspur" not in texts[1] and "Item 1, Larkspur Energy Supply Limited" in texts[1]
    assert reading.pages_with_lost_marks(printed.pdf) == []


def test_the_stressed_summary_stays_on_one_page() -> None:
    stressed = sample.stressed_application()
    pack = replace(
        sample.sample_pack(), applications=(stressed, *sample.sample_pack().applications[1:])
    )
    texts = reading.texts(render.pack_pdf(pack).pdf)
    assert "A Summary" in texts[2] and "B Tests and defects" in texts[3]
    assert "Your note" in texts[2] and "and 6 more" in texts[2]
    assert "LLFA LLFB LLFC LLFD LLFE LLFF LLFG LLFH" in texts[2].replace("\n", " ")


def test_open_items_are_cut_before_a_summary_is_given_up() -> None:
    pack = _with_conditions(9)
    texts = reading.texts(render.pack_pdf(pack).pdf)
    assert "Your note" in texts[2] and "and 2 more\nin sections B and D" in texts[2]
    assert "B Tests and defects" in texts[3]


def test_a_summary_that_cannot_fit_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="The summary of Larkspur .* does not fit on one page"):
        render.pack_pdf(_with_conditions(40))


def _with_conditions(count: int):
    pack = sample.sample_pack()
    first = pack.applications[0]
    long = "A condition of which the words run on over the end of the line, and then on again. " * 2
    conditions = tuple(Line(f"C{n}", long) for n in range(1, count + 1))
    motion = Motion(("Is Larkspur MHHS Qualified?",), "Approve, with conditions.", conditions)
    summary = replace(first.summary, motion=motion)
    return replace(pack, applications=(replace(first, summary=summary),))


def test_the_confirmation_is_one_tagged_page_of_record() -> None:
    pdf = render.confirmation_pdf(sample.sample_confirmation())
    (text,) = reading.texts(pdf)
    for words in ("Applicant’s Confirmation", "Marguerite Oduya", "14:06:31 BST", "Page 1 of 1"):
        assert words in text
    assert reading.pages_with_lost_marks(pdf) == []
    assert render.confirmation_pdf(sample.sample_confirmation()) == pdf


def test_a_voided_confirmation_says_so() -> None:
    sheet = replace(sample.sample_confirmation(), voided="J04 was reopened on 2 May 2026.")
    (text,) = reading.texts(render.confirmation_pdf(sheet))
    assert "Still covers it" in text and "J04 was reopened on 2 May 2026." in text


def test_a_confirmation_that_cannot_fit_is_refused() -> None:
    sheet = replace(
        sample.sample_confirmation(), statements=("I confirm this at length. " * 40,) * 9
    )
    with pytest.raises(Refused, match="does not fit on one page"):
        render.confirmation_pdf(sheet)


def test_the_qad_as_submitted_names_its_version_on_every_page() -> None:
    pdf = render.qad_pdf(sample.sample_qad())
    texts = reading.texts(pdf)
    assert all("Larkspur Energy Supply Limited, Final version 3" in text for text in texts)
    assert all(f"Page {n} of {len(texts)}" in text for n, text in enumerate(texts, start=1))
    assert any("Thank you for the" in text for text in texts)
    assert reading.pages_with_lost_marks(pdf) == []
