"""Status: said, changed, or only a list to choose from."""

import pytest

from extractor.stages.fields import find_fields
from extractor.stages.status import find_status
from tests.stages.pages import document

PROSE = "Forty mayors of harbour towns will compare how people who come by boat at night are received."


@pytest.mark.parametrize(
    ("lines", "status", "rule"),
    [
        ("This conference has been cancelled.", "cancelled", "status.cancelled"),
        ("The workshop planned for May was postponed until further notice.", "postponed", "status.cancelled"),
        ("Cet atelier a été reporté.", "postponed", "status.cancelled"),
        ("El taller ha sido aplazado.", "postponed", "status.cancelled"),
        ("El evento fue suspendido.", "cancelled", "status.cancelled"),
        ("CANCELLED", "cancelled", "status.cancelled"),
        ("Status: Completed", "completed", "status.field"),
        ("Status:", None, "status.none"),
        ("The ferry to Moroni has been cancelled.", None, "status.none"),
        ("In Progress", None, "status.none"),  # one state alone is no list of options
    ],
)
def test_status(lines: str, status: str | None, rule: str) -> None:
    doc = document(f"Dialogue of Harbour Towns\n\n{PROSE}\n\n{lines}")
    found = find_status(doc, find_fields(doc))
    assert (found.status, found.rule, found.options) == (status, rule, ())
    assert all(doc.text[span.start : span.end] == span.text for span in found.evidence)


@pytest.mark.parametrize(
    "lines", ["• Yet to Start\n• In Progress\n• Completed", "Yet to start / In progress / Completed"]
)
def test_a_list_of_options_says_nothing(lines: str) -> None:
    doc = document(f"Dialogue of Harbour Towns\n\n{PROSE}\n\n{lines}")
    found = find_status(doc, find_fields(doc))
    assert found.status is None
    assert [option.lower() for option in found.options] == ["yet to start", "in progress", "completed"]
    assert [notice.code for notice in found.notices] == ["status_options"]


def test_json_ld_status() -> None:
    script = '<script type="application/ld+json">{"@type":"Event","eventStatus":"https://schema.org/EventPostponed"}</script>'
    doc = document(f"<html>{script}<h1>Dialogue</h1><p>{PROSE}</p></html>", "a.html")
    assert find_status(doc, ()).status == "postponed"
