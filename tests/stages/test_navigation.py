"""Navigation: trails and menus, and lines that look like them."""

import pytest

from extractor.model import PageType
from extractor.profiles import load_profile
from extractor.stages.clean.navigation import is_menu_line, is_navigation, trail_kind, trail_parts

PROFILE = load_profile("generic")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Home > Events", "event"),
        ("Home>Boats and beds", None),
        ("Harbour Forum » Events » Consultations", "event"),
        ("League / Events / Past events", "event"),
        ("Inicio / Noticias", "news"),
        ("Accueil › Agenda › Semaine « Ports d'accueil »", "event"),
        ("Harbours → Comoros → Workplan", "workplan"),
        ("News / Events", None),  # a folder of both
        ("Portada | Local | Deportes", None),
    ],
)
def test_trails(line: str, kind: PageType | None) -> None:
    assert trail_parts(line, PROFILE)
    assert is_navigation(line, PROFILE)
    assert trail_kind(line, PROFILE) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Semaine « Ports d'accueil » à Moroni",
        "Moroni | 3-4 May 2021",
        "Time | What | Who",
        "Asia > Europe: new routes",
        "Comoros / Mayotte dialogue",
        "Side event | Beds before boats",
        "Aisha Bakari / Ali Said",
        "Data, news and media: partners for change",
        "News from the harbour",
    ],
)
def test_lines_that_are_no_navigation(line: str) -> None:
    assert not is_navigation(line, PROFILE)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Home About us Projects Contact", True),
        ("HOME ABOUT US PASSPORTS MISSIONS NEWS", True),
        ("Accueil Actualités Services en ligne Contact", True),
        ("Projects and partners", False),
        ("Contact: news desk, events and media", False),
    ],
)
def test_menus_on_a_line(line: str, expected: bool) -> None:
    assert is_menu_line(line, PROFILE) is expected
