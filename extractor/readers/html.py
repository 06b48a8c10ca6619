"""Saved HTML: bytes or str → Page, with the address and the time that browsers and copiers note when they save."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from extractor.model import Page
from extractor.readers.decoding import checksum, decode

HEAD_CHARS = 5000  # notes of the saving program stand at the top

# Browsers: <!-- saved from url=(0042)https://… -->
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,5}\)(\S{1,2000})\s*-->")
# SingleFile: "url: …" and "saved date: Tue Mar 02 2021 10:11:12 GMT+0100 (…)" in its comment
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\b(.{0,3000}?)-->", re.S)
_URL_LINE = re.compile(r"^\s*url:\s*(\S{1,2000})", re.M)
_DATE_LINE = re.compile(r"^\s*saved date:\s*(?:\w{3} )?(\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})", re.M)
# HTTrack: <!-- Mirrored from host/path by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 02 Mar 2021 10:11:12 GMT -->
_HTTRACK = re.compile(r"<!--\s*Mirrored from (\S{1,2000}) by HTTrack[^,>]{0,100}, ([^>]{10,40}?)\s*-->")
# The Wayback Machine keeps the address and the time in its own address
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})[a-z_]{0,4}/(https?://.{1,2000})")


def read_html(data: str | bytes, path: str = "-", url: str | None = None, charset: str | None = None) -> Page:
    """The page of an HTML file. ``charset``: as declared outside it (HTTP, MIME).

    Raises PageError when it is empty, too large or no text.
    """
    decoded = decode(data, is_html=True, charset=charset)
    noted_url, saved_at = _saving_notes(decoded.text[:HEAD_CHARS])
    address, archived_at = _unwrapped(url or noted_url)
    return Page(
        path,
        decoded.text,
        "text/html",
        decoded.encoding,
        *checksum(data),
        address,
        saved_at or archived_at,
        decoded.notices,
    )


def _saving_notes(head: str) -> tuple[str | None, str | None]:
    """Address and time (ISO 8601) of the page as its saver noted them."""
    if found := _SINGLE_FILE.search(head):
        address, date = _URL_LINE.search(found.group(1)), _DATE_LINE.search(found.group(1))
        return (address.group(1) if address else None), (_iso(*date.groups()) if date else None)
    if found := _HTTRACK.search(head):
        return f"http://{found.group(1)}", _iso_of_mail_date(found.group(2))
    if (found := _SAVED_FROM.search(head)) and found.group(1).startswith("http"):
        return found.group(1), None
    return None, None


def _iso(date: str, zone: str) -> str | None:
    try:
        return datetime.strptime(f"{date} {zone}", "%b %d %Y %H:%M:%S %z").isoformat()
    except ValueError:  # no such day: the note is not the saver's
        return None


def _iso_of_mail_date(date: str) -> str | None:
    try:
        return parsedate_to_datetime(date).isoformat()
    except ValueError:  # as above
        return None


def _unwrapped(url: str | None) -> tuple[str | None, str | None]:
    """The address behind one of the Wayback Machine's, and when it was archived."""
    found = _WAYBACK.match(url or "")
    if not found:
        return url, None
    try:
        saved = datetime.strptime(found.group(1), "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError:  # as above
        return found.group(2), None
    return found.group(2), saved
