"""Decoding: bytes of unknown encoding → text, or a plain sentence why that is no page."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from extractor.errors import PageError
from extractor.model import Notice

MAX_BYTES = 20_000_000  # a page of text larger than that is none
SAMPLE_BYTES = 60_000  # that an encoding is guessed from
BINARY_SHARE = 0.02  # of control characters, from which on bytes are no text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,300}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I
)
_DECLARED_HEAD = 4096  # bytes: the HTML standard asks for the first 1024
# Browsers read these names as their Windows supersets (WHATWG Encoding Standard, "Names and labels").
_SUPERSETS = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "iso-8859-9": "windows-1254",
    "tis-620": "windows-874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "windows-874": "cp874",
}
# What an encoding is guessed among; old DOS and Mac ones are hardly ever a web page's.
_GUESSED_NAMES = """
cp1252 cp1251 cp1250 cp1253 cp1254 cp1256 iso8859_2 iso8859_5 iso8859_6 koi8_r cp874 gb18030 big5 cp932 euc_jp
cp949
"""
_GUESSED = _GUESSED_NAMES.split()
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\x1b\0") + b"\x7f"
_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"{\\rtf": "an RTF file",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def checksum(data: str | bytes) -> tuple[str, int]:
    """SHA-256 and size in bytes of what was saved."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest(), len(raw)


def decode(data: str | bytes, is_html: bool = False, charset: str | None = None) -> Decoded:
    """The text of a saved page: by its BOM, as UTF-8, as declared, by a guess.

    Raises PageError: "empty", "too_large" (over MAX_BYTES), "binary".
    """
    if len(data) > MAX_BYTES:
        raise PageError("too_large", f"The page has {len(data):,} bytes; more than {MAX_BYTES:,} are not read.")
    if isinstance(data, str):
        return _checked(Decoded(data, "utf-8"))
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise PageError("binary", f"The file is {kind}, not a saved page.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_forced(data, encoding, ()))
    if b"\0" in data:
        wide = _wide_encoding(data)
        if wide:
            return _checked(_forced(data, wide, ()))
    if data and len(data.translate(None, _CONTROLS)) < (1 - BINARY_SHARE) * len(data):
        raise PageError("binary", "The file holds binary data, not text.")
    return _checked(_decode_bytes(data, is_html, charset))


def _decode_bytes(data: bytes, is_html: bool, charset: str | None) -> Decoded:
    declared = (_codec(charset) if charset else None) or (_declared(data) if is_html else None)
    try:
        # Bytes that are valid UTF-8 and not ASCII are UTF-8, whatever is declared: other encodings do not look so.
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wrong = declared not in (None, "utf-8") and not text.isascii()
        return Decoded(text, "utf-8", (_wrongly_declared(declared or "", "utf-8"),) if wrong else ())
    notices: tuple[Notice, ...] = ()
    if declared and declared != "utf-8":
        try:
            return Decoded(data.decode(declared), declared)
        except (UnicodeDecodeError, LookupError):
            pass
    cut = _cut_utf8(data)
    if cut is not None:
        return Decoded(cut, "utf-8")
    guess = _guess(data)
    if declared:
        notices = (_wrongly_declared(declared, guess),)
    return _forced(data, guess, notices)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_HEAD])
    if not found:
        return None
    return _codec(found.group(1).decode("ascii", "replace"))


def _codec(label: str) -> str | None:
    """Python's codec for an encoding as pages call it; None when there is none."""
    try:
        name = codecs.lookup(_SUPERSETS.get(label.lower(), label)).name
    except LookupError:
        return None
    return None if name.startswith(("utf-16", "utf-32", "utf-7")) else name  # ASCII bytes said so: they cannot be


def _wrongly_declared(declared: str, found: str) -> Notice:
    return Notice("wrong_encoding", f"The page says that it is {declared}; it was read as {found}.")


def _cut_utf8(data: bytes) -> str | None:
    """UTF-8 with a single fault: a file that was cut inside a character."""
    try:
        return data[:-3].decode("utf-8") + data[-3:].decode("utf-8", "ignore") if len(data) > 3 else None
    except UnicodeDecodeError as error:
        whole = data[: error.start]
        if error.end >= len(data) - 3 and error.reason.startswith("unexpected end"):
            return whole.decode("utf-8")
        return None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a BOM: every other byte of Latin text is NUL."""
    sample = data[:4000]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.6 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.6 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    """The likeliest encoding by the bytes around the first that are not ASCII."""
    first = next((i for i, b in enumerate(data) if b > 127), 0)
    start = max(0, first - SAMPLE_BYTES // 4)
    matches = list(from_bytes(data[start : start + SAMPLE_BYTES], cp_isolation=_GUESSED))
    alike = [m for m in matches if (m.chaos, m.coherence) == (matches[0].chaos, matches[0].coherence)]
    # Many encodings read short Latin text alike: then the commonest is meant.
    names = {name for m in alike for name in m.could_be_from_charset}
    return next((name for name in _GUESSED if name in names), "cp1252")


def _forced(data: bytes, encoding: str, notices: tuple[Notice, ...]) -> Decoded:
    """Decoded with U+FFFD for what the encoding does not know, and a notice of how much that is."""
    text = data.decode(encoding, "replace")
    lost = text.count("�")
    if lost:
        notices = (*notices, Notice("undecodable_bytes", f"{lost} characters could not be read as {encoding}."))
    return Decoded(text, encoding.removesuffix("-sig"), notices)


def _checked(decoded: Decoded) -> Decoded:
    text, notices = decoded.text, decoded.notices
    nuls = text.count("\0")
    if nuls > BINARY_SHARE * len(text):
        raise PageError("binary", "The file holds binary data, not text.")
    if nuls:
        notices = (*notices, Notice("nul_bytes", f"{nuls} NUL characters were left out."))
        text = text.replace("\0", "")
    if not text.strip().strip("\ufeff"):
        raise PageError("empty", "The page is empty.")
    return Decoded(text.removeprefix("\ufeff"), decoded.encoding, notices)
