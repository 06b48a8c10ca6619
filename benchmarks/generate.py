"""Pages for benchmarks, made from ``samples/``: other names, dates and lengths, and the noise of saved pages.

`python -m benchmarks.generate 1000 FOLDER [--form text|html] [--seed 1]` writes pages in folders of a thousand.
Page number i is the same whatever the number of pages.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
FORMS = {"text": ".txt", "html": ".html"}
GIVEN = "Amina Boris Carmen Dawit Elena Farid Grace Hana Ivan Joyce Kofi Leila Marta Nuno Olga Pavel Rosa Samir".split()
FAMILY = (
    "Abebe Borg Castro Diallo Eriksen Fofana Gashi Haddad Ivanova Juma Kaya Lopes Mensah Novak Okoye Petrov".split()
)
MONTHS = (
    "January February March April May June July August September October November December".split(),
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
)
_MONTH = re.compile(r"\b(?:" + "|".join(m for months in MONTHS for m in months if m != "May") + r")\b")
_YEAR = re.compile(r"\b20(?:1\d|2[0-6])\b")
_PARAGRAPH = 150  # code points from which on a line of text is a paragraph
_NOISE_LINES = ("Share this page", "Print", "Home > News and events > Detail", "We use cookies. Accept | Decline")


def make_page(number: int, form: str, seed: int = 1) -> str:
    """Page ``number``: a sample in other words and of another length."""
    rng = random.Random(f"{seed}/{form}/{number}")
    source, language, people = rng.choice(_samples(form))
    longer = _lengthened(source, form, language, rng)
    noisy = _noisy_html(longer, rng) if form == "html" else _noisy_text(longer, rng)
    return _varied(noisy, people, rng)


def write_pages(count: int, folder: Path, form: str, seed: int = 1) -> None:
    """Write pages 0 to ``count``, a thousand to a folder."""
    for number in range(count):
        path = folder / f"{number // 1000:03}" / f"{number:06}{FORMS[form]}"
        if number % 1000 == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make_page(number, form, seed), encoding="utf-8")


@cache
def _samples(form: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Samples of a form that are plain UTF-8, with their language and the people they name."""
    found = []
    for path in sorted((SAMPLES / "pages").glob(f"*{FORMS[form]}")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        gold = json.loads((SAMPLES / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
        found.append((text, gold["language"], tuple(person["name"] for person in gold["people"])))
    return found


def _varied(text: str, people: tuple[str, ...], rng: random.Random) -> str:
    for person in people:
        given, family = rng.choice(GIVEN), rng.choice(FAMILY)
        text = text.replace(person, f"{given} {family}")
        if " " in person:
            text = re.sub(rf"\b{re.escape(person.split()[-1])}\b", family, text)
    shift, months = rng.randint(-3, 3), rng.randint(1, 11)
    text = _YEAR.sub(lambda found: str(int(found[0]) + shift), text)
    return _MONTH.sub(lambda found: _moved(found[0], months), text)


def _moved(month: str, by: int) -> str:
    names = next(names for names in MONTHS if month in names)
    return names[(names.index(month) + by) % 12]


def _lengthened(source: str, form: str, language: str, rng: random.Random) -> str:
    """The page with some paragraphs of others among its own."""
    lines = source.split("\n")
    places = [i for i, line in enumerate(lines) if len(line) > _PARAGRAPH and "{" not in line]
    if not places:
        return source
    for _ in range(rng.choice((0, 0, 1, 2, 3, 5, 8))):
        lines.insert(rng.choice(places) + 1, rng.choice(_paragraphs(form, language)))
    return "\n".join(lines)


@cache
def _paragraphs(form: str, language: str) -> list[str]:
    sources = [source for source, its_language, _ in _samples("text") if its_language == language]
    lines = (line.strip() for source in sources for line in source.split("\n"))
    found = [line for line in lines if len(line) > _PARAGRAPH]
    return [f"<p>{html.escape(line, quote=False)}</p>" for line in found] if form == "html" else found


def _noisy_text(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    for noise in rng.sample(_NOISE_LINES, rng.randint(0, 2)):
        lines.insert(rng.randint(0, len(lines)), noise)
    if rng.random() < 0.1:
        lines = [line.replace(" ", "  ", 3) for line in lines]
    if rng.random() < 0.05:
        lines = lines[: max(5, len(lines) * 2 // 3)]
    return "\n".join(lines)


def _noisy_html(text: str, rng: random.Random) -> str:
    """What pages carry beside their text: styles, scripts, menus, frames of empty elements; some 10 to 60 KB."""
    head = "".join(_head_noise(rng))
    menu = "".join(
        f'<li class="menu-item item-{i}"><a href="/{rng.choice(FAMILY).lower()}/{i}">{rng.choice(GIVEN)} {i}</a></li>'
        for i in range(rng.randint(20, 150))
    )
    frame = f'<nav class="menu"><ul>{menu}</ul></nav>' + '<div class="region"><div class="block">' * rng.randint(1, 6)
    text = text.replace("</head>", f"{head}</head>", 1)
    return re.sub(r"(<body[^>]*>)", lambda found: found[1] + frame, text, count=1)


def _head_noise(rng: random.Random) -> Iterator[str]:
    for i in range(rng.randint(5, 40)):
        rules = "".join(
            f".c{i}-{j}{{margin:{rng.randint(0, 40)}px;color:#{rng.randrange(1 << 24):06x}}}" for j in range(8)
        )
        yield f"<style>{rules}</style>"
        calls = "".join(f'w.push({{"id":{rng.randrange(1 << 30)},"n":"{rng.choice(FAMILY)}"}});' for _ in range(10))
        yield f'<script>(function(w){{{calls}}})(window.q=window.q||[]);</script><link rel="preload" href="/a{i}.js">'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--form", choices=sorted(FORMS), default="text")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write_pages(arguments.count, arguments.folder, arguments.form, arguments.seed)


if __name__ == "__main__":
    main()
