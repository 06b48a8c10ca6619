"""Archives of pages: what is read from them, and how hostile ones are refused."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractor.readers import archives, read_page
from extractor.readers.archives import SavedPages
from extractor.readers.saved import Saved, Skipped

HTML = "<!doctype html><html><head><title>Café forum</title></head><body><p>A forum in Évora.</p></body></html>"
URL = "https://example.org/forum"
WARC_HEAD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
    b"WARC-Target-URI: <%b>\r\nContent-Length: %d\r\n\r\n"
)
PACKED = {
    "gzip": gzip.compress(HTML.encode()),
    "x-gzip": gzip.compress(HTML.encode()),
    "deflate": zlib.compress(HTML.encode()),
    "Deflate": zlib.compress(HTML.encode())[2:-4],  # without its frame, as some servers send it
    "br": brotli.compress(HTML.encode()),
    "zstd": zstandard.compress(HTML.encode()),
}


def found(*paths: Path) -> list[Saved | Skipped]:
    return list(SavedPages(paths))


def pages(*paths: Path) -> list[Saved]:
    return [page for page in found(*paths) if isinstance(page, Saved)]


def problems(*paths: Path) -> dict[str, str]:
    return {Path(page.path).name: page.problem[0] for page in pages(*paths) if page.problem}


def make_zip(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def make_tar(path: Path, members: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def make_warc(path: Path) -> Path:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.name.endswith(".gz"))

        def add(kind: str, status: str, media_type: str, body: bytes, **extra: str) -> None:
            http = StatusAndHeaders(status, [("Content-Type", media_type), *extra.items()], protocol="HTTP/1.1")
            dated = {"WARC-Date": "2021-03-02T10:11:12Z"}
            writer.write_record(
                writer.create_warc_record(URL, kind, io.BytesIO(body), http_headers=http, warc_headers_dict=dated)
            )

        writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "a test"}))
        add("response", "200 OK", "text/html; charset=iso-8859-1", HTML.encode("latin-1"))
        add("response", "404 Not Found", "text/html", b"<h1>gone</h1>")
        add("response", "200 OK", "image/png", b"\x89PNG")
        add("revisit", "200 OK", "text/html", b"")
        add("response", "200 OK", "text/html", gzip.compress(HTML.encode()), **{"Content-Encoding": "gzip"})
    return path


@pytest.mark.parametrize("name", ["web.warc", "web.warc.gz"])
def test_a_warc_gives_its_html_responses_and_says_what_it_passed_over(tmp_path: Path, name: str) -> None:
    path = make_warc(tmp_path / name)
    first, *passed, last = found(path)
    assert isinstance(first, Saved)
    assert isinstance(last, Saved)
    assert (first.path, first.url, first.saved_at) == (f"{path}#2", URL, "2021-03-02T10:11:12+00:00")
    assert [skipped.reason for skipped in passed if isinstance(skipped, Skipped)] == [
        "http_error",
        "no_html",
        "revisit",
    ]
    assert "Évora" in read_page(first).content  # the charset is only in the HTTP header
    assert "Évora" in read_page(last).content


def warc_of(path: Path, *bodies: bytes, header: str = "X: y") -> Path:
    """A WARC file of responses with those bodies, all with that HTTP header."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%b\r\n\r\n" % header.encode()
    records = (WARC_HEAD % (URL.encode(), len(head + body)) + head + body for body in bodies)
    path.write_bytes(b"\r\n\r\n".join([*records, b""]))
    return path


def test_chunks_of_the_transport_are_joined(tmp_path: Path) -> None:
    body = b"%x\r\n%b\r\n5\r\n<!--x\r\n0\r\n\r\n" % (len(HTML.encode()), HTML.encode())
    (page,) = pages(warc_of(tmp_path / "web.warc", body, header="Transfer-Encoding: chunked"))
    assert (page.content, page.url) == (HTML.encode() + b"<!--x", URL)


@pytest.mark.parametrize("packing", PACKED)
def test_what_the_server_packed_is_unpacked_unless_the_crawler_did_so(tmp_path: Path, packing: str) -> None:
    bodies = PACKED[packing], HTML.encode()
    path = warc_of(tmp_path / "web.warc", *bodies, header=f"Content-Encoding: {packing}")
    assert [page.content for page in pages(path)] == [HTML.encode()] * 2


@pytest.mark.parametrize("packing", ["gzip", "br", "zstd"])
def test_a_packed_bomb_in_a_warc_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 10_000)
    pack = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstandard.compress}[packing]
    path = warc_of(tmp_path / "web.warc", pack(b" " * 10_001), header=f"Content-Encoding: {packing}")
    assert problems(path) == {"web.warc#1": "too_large"}


def test_a_warc_that_ends_inside_a_page_says_so_after_the_pages_before(tmp_path: Path) -> None:
    path = warc_of(tmp_path / "web.warc", HTML.encode(), HTML.encode())
    path.write_bytes(path.read_bytes()[:-20])
    whole, cut = pages(path)
    assert whole.content == HTML.encode()
    assert cut.problem == ("damaged", "The archive ends early, inside its record 2.")


def test_a_warc_header_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "web.warc"
    path.write_bytes(b"WARC/1.0\r\nX: " + b"x" * 10_000_000)
    assert problems(path) == {"web.warc": "damaged"}


def test_a_wacz_gives_the_pages_of_its_warcs(tmp_path: Path) -> None:
    warc = make_warc(tmp_path / "data.warc.gz").read_bytes()
    path = make_zip(
        tmp_path / "a.wacz", {"archive/data.warc.gz": warc, "pages/pages.jsonl": '{"url": "x", "text": "y"}'}
    )
    assert [page.path for page in pages(path)] == [f"{path}#archive/data.warc.gz#2", f"{path}#archive/data.warc.gz#6"]


def test_zip_and_tar_give_their_pages_in_order(tmp_path: Path) -> None:
    members = {"b/two.html": HTML.encode(), "a.txt": b"A forum.", "style.css": b"p {}"}
    for path in (
        make_zip(tmp_path / "p.zip", dict(members)),
        make_tar(tmp_path / "p.tar", members),
        make_tar(tmp_path / "p.tar.gz", members, "w:gz"),
        make_tar(tmp_path / "p.tgz", members, "w:gz"),
    ):
        assert [page.path for page in pages(path)] == [f"{path}#b/two.html", f"{path}#a.txt"]
        assert [read_page(page).media_type for page in pages(path)] == ["text/html", "text/plain"]
        assert [s.reason for s in found(path) if isinstance(s, Skipped)] == ["no_page"]


def test_mhtml_gives_its_page_address_and_time(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/forum\n"
        b"Date: Tue, 2 Mar 2021 10:11:12 -0000\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="==b"\n\n'
        b"--==b\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n"
        b"Content-Location: https://example.org/forum\n\n<html><body><p>A forum in =C9vora</p></body></html>\n"
        b"--==b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--==b--\n"
    )
    (page,) = pages(path)
    assert (page.path, page.url, page.saved_at) == (str(path), URL, "2021-03-02T10:11:12+00:00")
    assert "Évora" in read_page(page).content


def test_a_packed_page_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(HTML.encode()))
    (page,) = map(read_page, pages(path))
    assert (page.path, page.media_type, page.content) == (str(path), "text/html", HTML)


def test_lines_of_json_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    rows = [
        {"url": URL, "html": HTML, "saved_at": "2021-03-02T10:11:12Z"},
        {"text": "<p> is not markup here"},
        {"schema_version": "1.0.0", "id": "of a record"},
        {"url": URL},
    ]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n\n{cut", encoding="utf-8")
    html, text, record, nothing, cut = found(path)
    assert isinstance(html, Saved)
    assert (html.path, html.url, html.saved_at) == (f"{path}#1", URL, "2021-03-02T10:11:12+00:00")
    assert isinstance(text, Saved)
    assert read_page(text).media_type == "text/plain"
    assert record == Skipped(f"{path}#3", "record")
    assert [page.problem and page.problem[0] for page in (nothing, cut) if isinstance(page, Saved)] == ["bad_line"] * 2
    assert cut.path == f"{path}#6"


def test_folders_give_pages_and_archives_but_not_what_a_page_shows(tmp_path: Path) -> None:
    for name in ("page.html", "page_files/frame.html", "my_files/page.html", "a.zip", "b.pdf", "c.txt.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress(b"text") if name.endswith(".gz") else HTML.encode())
    make_zip(tmp_path / "a.zip", {"x.html": HTML, "x_files/ad.html": HTML})
    expected = ["a.zip#x.html", "c.txt.gz", "my_files/page.html", "page.html"]
    assert [page.path.removeprefix(f"{tmp_path}/") for page in pages(tmp_path)] == expected


def test_a_path_comes_once(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("A page.")
    assert len(pages(page, tmp_path, page, tmp_path)) == 1
    assert len(pages(tmp_path, page)) == 1


def test_names_that_lead_out_of_the_archive_are_only_names(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "p.zip", {"../../evil.html": HTML, "/etc/evil.txt": "A page."})
    before = sorted(tmp_path.parent.rglob("*"))
    assert [read_page(page).path for page in pages(path)] == [f"{path}#../../evil.html", f"{path}#/etc/evil.txt"]
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "RATIO_FREE", 1_000_000)
    zeros = bytes(5_000_000)
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(zeros))
    make_zip(tmp_path / "bomb.zip", {"a.txt": zeros, "b.txt": HTML})
    make_tar(tmp_path / "bomb.tar.gz", {"a.txt": zeros, "b.txt": b"A page."}, "w:gz")
    assert set(problems(tmp_path)) == {"bomb.html.gz", "bomb.zip", "bomb.tar.gz"}
    assert set(problems(tmp_path).values()) == {"too_compressed"}


def test_archives_nested_without_end_are_refused(tmp_path: Path) -> None:
    inner: bytes | str = "A page."
    name = "page.txt"
    for depth in range(6):
        inner = make_zip(tmp_path / f"{depth}.zip", {name: inner}).read_bytes()
        name = f"{depth}.zip"
    (page,) = pages(tmp_path / "5.zip")
    assert page.path.endswith("5.zip#4.zip#3.zip#2.zip")
    assert page.problem == ("nested_too_deep", "Archives are nested more than 3 deep here.")
    assert [page.problem for page in pages(tmp_path / "2.zip")] == [None]


def test_what_is_too_large_is_refused_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 1000)
    monkeypatch.setattr(archives, "MAX_LINE", 2000)
    large = "x y " * 1000
    (tmp_path / "p.jsonl").write_text(f'{{"text": "{large}"}}\n{{"text": "A page."}}\n')
    make_zip(tmp_path / "p.zip", {"large.txt": large, "small.txt": "A page."})
    make_tar(tmp_path / "p.tar", {"large.txt": large.encode(), "small.txt": b"A page."})
    assert set(problems(tmp_path).values()) == {"too_large"}
    assert [page.path.rpartition("#")[2] for page in pages(tmp_path) if not page.problem] == [
        "2",
        "small.txt",
        "small.txt",
    ]


@pytest.mark.parametrize(
    "name", ["a.zip", "a.wacz", "a.tar", "a.tar.gz", "a.warc", "a.warc.gz", "a.mhtml", "a.html.gz"]
)
@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00cut", b"PK\x03\x04cut", b"WARC/1.0\r\ncut"])
def test_what_is_no_archive_is_one_problem(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    outcomes = pages(tmp_path)
    assert len(outcomes) <= 1
    for page in outcomes:
        code, message = page.problem or read_problem(page)
        assert code in ("damaged", "no_page", "empty")
        assert message.endswith(".")


def read_problem(page: Saved) -> tuple[str, str]:
    with pytest.raises(archives.PageError) as error:
        read_page(page)
    return error.value.code, error.value.message


def test_an_archive_cut_short_gives_the_pages_before_the_cut(tmp_path: Path) -> None:
    members = {f"{i}.txt": random.Random(i).randbytes(9000) for i in range(20)}
    path = make_tar(tmp_path / "p.tar.gz", members, "w:gz")
    path.write_bytes(path.read_bytes()[:-200])
    *whole, cut = pages(path)
    assert cut.problem is not None
    assert cut.problem[0] == "damaged"
    assert 1 <= len(whole) < 20
