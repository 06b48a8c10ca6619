"""Reading: any encoding, any damage, or a plain sentence why not."""

import codecs
import hashlib
from pathlib import Path

import pytest

from extractor.errors import PageError
from extractor.readers import read_bytes, read_file
from extractor.readers.decoding import MAX_BYTES

FRENCH = "Réunion régionale à Nîmes : « l’été des diasporas », déjà prévue en août, reportée à Noël."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + FRENCH.encode(), "utf-8"),
        (FRENCH.encode("utf-16"), "utf-16"),
        (FRENCH.encode("utf-16-le"), "utf-16-le"),
        (FRENCH.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + FRENCH.encode("utf-32-le"), "utf-32"),
        (FRENCH.encode("cp1252"), "cp1252"),
    ],
)
def test_text_is_decoded_by_its_bytes(data: bytes, encoding: str) -> None:
    page = read_bytes(data, "page.txt")
    assert (page.content, page.encoding) == (FRENCH, encoding)


@pytest.mark.parametrize(
    ("declared", "actual", "notice"),
    [
        ("utf-8", "utf-8", None),
        ("iso-8859-1", "cp1252", None),  # browsers read this name as Windows-1252
        ("windows-1252", "utf-8", "wrong_encoding"),  # valid UTF-8 is UTF-8
        ("utf-8", "cp1252", "wrong_encoding"),
        ("no-such-charset", "utf-8", None),
    ],
)
def test_declared_encodings_are_believed_where_they_fit(declared: str, actual: str, notice: str | None) -> None:
    html = f'<!DOCTYPE html><html><head><meta charset="{declared}"></head><body><p>{FRENCH}</p></body></html>'
    page = read_bytes(html.encode(actual), "page.html")
    assert FRENCH in page.content
    assert [n.code for n in page.notices] == ([notice] if notice else [])


def test_cyrillic_without_a_declaration() -> None:
    text = "Региональное совещание по вопросам трудовой миграции прошло в столице при участии министров. " * 3
    assert read_bytes(text.encode("cp1251"), "page.txt").content == text


def test_a_file_cut_inside_a_character_loses_only_that() -> None:
    page = read_bytes("Atelier à Ségou, clôture à midi é".encode()[:-1], "page.txt")
    assert page.content == "Atelier à Ségou, clôture à midi "


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04rest", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"\0" * 500, "binary"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
    ],
    ids=["empty", "white", "bom", "pdf", "zip", "bytes", "nul", "large"],
)
def test_what_is_no_page_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(PageError) as refused:
        read_bytes(data, "page.txt")
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_single_nul_bytes_are_left_out_with_a_notice() -> None:
    page = read_bytes(b"Forum of Island Cities \0" + b" and of Ports" * 10, "page.txt")
    assert "\0" not in page.content
    assert [n.code for n in page.notices] == ["nul_bytes"]


@pytest.mark.parametrize(
    ("content", "path", "media_type"),
    [
        ("Plain words", "page.txt", "text/plain"),
        ("Plain words", "page.html", "text/html"),
        ("<!DOCTYPE html><p>x", "-", "text/html"),
        ("<!-- saved --> <html lang=en><body>x", "page.txt", "text/html"),
        ("<div class='a'>x</div>", "-", "text/html"),
        ("<\n Loading\n>\nPlain words", "-", "text/plain"),  # what is left of a slider, not markup
        ("a <b>bold</b> claim", "-", "text/plain"),
    ],
)
def test_the_form_of_a_page_is_told_by_suffix_or_first_element(content: str, path: str, media_type: str) -> None:
    assert read_bytes(content, path).media_type == media_type


@pytest.mark.parametrize(
    ("comment", "url", "saved_at"),
    [
        ("<!-- saved from url=(0028)https://example.org/events/a -->", "https://example.org/events/a", None),
        ("<!-- saved from url=(0014)about:internet -->", None, None),
        (
            "<!--\n Page saved with SingleFile \n url: https://example.org/b \n"
            " saved date: Tue Mar 02 2021 10:11:12 GMT+0100 (CET)\n-->",
            "https://example.org/b",
            "2021-03-02T10:11:12+01:00",
        ),
        (
            "<!-- Mirrored from example.org/c.html by HTTrack Website Copier/3.x [XR&CO'2014], "
            "Tue, 02 Mar 2021 10:11:12 GMT -->",
            "http://example.org/c.html",
            "2021-03-02T10:11:12+00:00",
        ),
    ],
)
def test_notes_of_the_saving_program_are_read(comment: str, url: str | None, saved_at: str | None) -> None:
    page = read_bytes(f"<!DOCTYPE html>\n{comment}\n<html><body>x</body></html>", "page.html")
    assert (page.url, page.saved_at) == (url, saved_at)


def test_the_address_behind_an_archived_one() -> None:
    page = read_bytes("<html>x", "a.html", "https://web.archive.org/web/20190304050607/https://example.org/d")
    assert (page.url, page.saved_at) == ("https://example.org/d", "2019-03-04T05:06:07+00:00")


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(FRENCH.encode())
    page = read_file(path)
    assert (page.path, page.size) == (str(path), len(FRENCH.encode()))
    assert page.sha256 == hashlib.sha256(FRENCH.encode()).hexdigest()
    for wrong, code in ((tmp_path / "none.txt", "not_found"), (tmp_path, "unreadable")):
        with pytest.raises(PageError) as refused:
            read_file(wrong)
        assert refused.value.code == code
