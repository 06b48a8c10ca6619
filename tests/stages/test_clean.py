"""Clean: the page's own text and its blocks; furniture, footnotes and doubles gone."""

import time

import pytest

from tests.stages.pages import blocks, document, texts

BODY = (
    "The workshop brought forty coast guards and fishers to one table. They compared how boats are searched for at "
    "night, who calls whom, and what happens to those who are found on the way."
)


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "Aller au contenu principal",
        "You are here",
        "Close",
        "Loading…",
        "E.g., 05/17/2021",
        "| 1,204 views",
        "Share this page",
        "Facebook Twitter LinkedIn",
        "Subscribe to our newsletter",
        "Suscríbete a nuestro boletín",
        "Login to post comment",
        "We use cookies to improve this site.",
        "© 2024 Island Network. All rights reserved.",
        "You are viewing an archived web page, captured on 10:11:12 Mar 02, 2019.",
        "Web archive: this copy was saved on 2 March 2019. Hide",
        "This page is now archived and may be out of date.",
        "Cette page est archivée et n'est plus mise à jour.",
        "Menu Rechercher",
        "Alliance / Events / Past events",
        "Inicio > Noticias > 2021",
        "HOME ABOUT US PASSPORTS MISSIONS NEWS",
        "Was this page useful? Yes / No",
        "*References to Kosovo shall be understood to be in the context of resolution 1244 (1999).",
        "*Toutes les références au Kosovo doivent être comprises dans ce contexte.",
        "Todas las referencias a Kosovo deben entenderse en el contexto de la",
        "Disclaimer: The content reflects the views of its authors, of 3 May 2020.",
        "Home > Events > Harbour Watch",
        "×",
        ", -",
    ],
)
def test_furniture_is_no_part_of_the_text(line: str) -> None:
    for content in (f"{line}\n\nHarbour Watch\n\n{BODY}", f"Harbour Watch\n\n{BODY}\n\n{line}"):
        assert document(content).text.split("\n\n") == ["Harbour Watch", BODY]


@pytest.mark.parametrize("cut", [10, 22, 30])
def test_a_footnote_cut_off_by_the_end_of_the_page(cut: int) -> None:
    footnote = "*References to Kosovo shall be understood"[:cut]
    assert document(f"Harbour Watch\n\n{BODY}\n\n{footnote}").text.endswith("on the way.")


def test_menus_and_teasers_are_left_out() -> None:
    doc = document(
        f"Home\nAbout us\nEvents\nNews\nHarbour Watch\n\n{BODY}\n\nRelated posts\nA boat register\nNight shifts\n"
    )
    assert doc.text == f"Harbour Watch\n\n{BODY}"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Ba\u200bku\u00a0 and\tGanja", "Baku and Ganja"),
        ("Cafe\u0301 des diasporas", "Café des diasporas"),
        ("UN-\u2010Habitat", "UN-Habitat"),
        ("co\u00adoperation", "cooperation"),
        ("a\x07b\x1bc", "abc"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
    ],
)
def test_characters_are_normalized(raw: str, clean: str) -> None:
    assert document(f"A heading line\n\n{raw}").text.endswith(clean)


def test_lines_wrapped_inside_sentences_are_joined() -> None:
    doc = document(
        "Pledge of the Islands\n"
        "We will share our registers of boats with every coast guard that asks for them, and\n"
        "answer within the hour, at night as well. Those who are found are brought to the Safe\n"
        "Harbour Network, which has doctors and interpreters on call throughout the year.\n"
        "a) Each island names one officer who is reachable, and tells the other islands of the\n"
        "number before the season begins.\n"
        "b) Costs are shared.\n"
    )
    assert blocks(doc)[1:] == [
        (
            "paragraph",
            "We will share our registers of boats with every coast guard that asks for them, and answer within the "
            "hour, at night as well. Those who are found are brought to the Safe Harbour Network, which has doctors "
            "and interpreters on call throughout the year.",
        ),
        (
            "list_item",
            "a) Each island names one officer who is reachable, and tells the other islands of the number before the "
            "season begins.",
        ),
        ("list_item", "b) Costs are shared."),
    ]


def test_lists_keep_their_depth_and_lose_their_bullets() -> None:
    doc = document(f"Harbour Watch\n\n{BODY}\n\n  • Boats\n    • Night boats\n  • Radios\n")
    assert [(doc.text[b.start : b.end], b.level) for b in doc.blocks if b.kind == "list_item"] == [
        ("Boats", 1),
        ("Night boats", 2),
        ("Radios", 1),
    ]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"Skip to content\n\nHarbour Watch\n\nHarbour Watch\n\n{BODY}", "Harbour Watch"),
        (f"Press Release\nSeafarers’ Day\nIslands agree on night searches at sea\nPort Louis, 3 May 2021:\n{BODY}",
         "Islands agree on night searches at sea"),
        (f"Communiqué\nLocal\n\nLes îles créent un registre des bateaux\n\nPhoto: A. Payet\n\nMoroni - {BODY}",
         "Les îles créent un registre des bateaux"),
        (f"Home » Events » Forum on Night Searches\n3 May 2021\nForum on Night Searches\n{BODY}",
         "Forum on Night Searches"),
        (f"12-13 May 2021 Moroni, Comoros\nForum on Night Searches\n\n{BODY}", "Forum on Night Searches"),
        (f"Photo of a boat\n3 May 2021\n\nNight searches: late is late.\n\n{BODY}", "Night searches: late is late."),
        (f"Island University | Centre for the Sea\nPublic Lecture: Who Searches at Night?\n3 May 2021\n"
         f"Room 4, Main Building, Moroni\n{BODY}", "Public Lecture: Who Searches at Night?"),
        (f"Forum on Night Searches | Island Network\nForum on Night Searches\n{BODY}", "Forum on Night Searches"),
        (f"Updated on:\n\nNight searches explained to fishers\n\n{BODY}", "Night searches explained to fishers"),
        (f"Publié le 3 mai 2021\nLes îles créent un registre\n{BODY}", "Les îles créent un registre"),
        (f"Repository of Practices\n\nNight Watch Campaign (NWC)\n\nDates\n\n2019 - Present\n\nSummary\n\n{BODY}",
         "Night Watch Campaign (NWC)"),
        (f"Alliance of Harbours\nHome / Events / Past events\nNight searches at sea\n3 May 2021\n{BODY}",
         "Night searches at sea"),
        (f"Réseau des îles\nAccueil Actualités Projets Contact\nChercher la nuit\nMoroni, 3 mai 2021\n{BODY}",
         "Chercher la nuit"),
        (f"Institute for the Sea & Society\nEVENTS\nONLINE EVENT\nAfter the storm: who searches?\n"
         f"Thu, May 6 2021, 3:00 PM\n{BODY}", "After the storm: who searches?"),
        (f"Harbour Forum » Comoros » Work\nNight searches at sea\n{BODY}", "Night searches at sea"),
        (f"El Correo de la Costa\nSOCIEDAD\nLas islas crean un registro de barcos nocturnos\n{BODY}",
         "Las islas crean un registro de barcos nocturnos"),
        (f"Call for papers: Fishers of the night\nDeadline: 3 May 2021\nVenue: Pier Hotel\n"
         f"Contact: Aisha Bakari\n{BODY}", "Call for papers: Fishers of the night"),
        (f"Briefing Paper No. 7\nSearching late: what it costs\nAuthor(s): Ali Said\nPages: 12\n"
         f"Publication date: May 2021\n{BODY}", "Searching late: what it costs"),
        (f"Project title: Night Watch on Three Islands\nCountry: Comoros\n{BODY}", "Night Watch on Three Islands"),
        (f"Forum on Night Searches\nOrganised by the League of Harbour Towns\n3 May 2021\n{BODY}",
         "Forum on Night Searches"),
        (f"Forum on Night Searches\nMoroni | 3-4 May 2021\nHybrid meeting\n{BODY}", "Forum on Night Searches"),
        (f"REGIONAL CONSULTATION\nON NIGHT SEARCHES\n3 May 2021\n{BODY}",
         "REGIONAL CONSULTATION ON NIGHT SEARCHES"),
        (f"Forum on Night Searches | League of Harbours\n3 May 2021\n{BODY}", "Forum on Night Searches"),
        (f"05\nMAY\nOpen lecture: who searches at night?\n{BODY}", "Open lecture: who searches at night?"),
        (f"Encuentro de puertos\nMoroni, 3 y 4 de mayo de 2021\n{BODY}", "Encuentro de puertos"),
        (f"Declaration of the Islands\nadopted by the harbour masters on 3 May 2021\n{BODY}",
         "Declaration of the Islands"),
        (f"# Forum on Night Searches\n\n{BODY}", "Forum on Night Searches"),
        (f"Forum on Night Searches\n=======================\n\n{BODY}", "Forum on Night Searches"),
        (BODY, None),
        (f"{BODY}\n{BODY}", None),
        ("3 May 2021", None),
    ],
)  # fmt: skip
def test_the_title_of_a_text_page(page: str, title: str | None) -> None:
    doc = document(page)
    assert (doc.title.text if doc.title else None) == title
    if doc.title:
        assert doc.text[doc.title.start : doc.title.end] == title
        assert texts(doc, "title") == [title]
        assert texts(doc, "paragraph").count(doc.title.text) == 0  # printed twice, kept once


@pytest.mark.parametrize(
    ("body", "lang", "language"),
    [
        (BODY, "fr", "en"),
        (
            "Les garde-côtes et les pêcheurs ont comparé la manière dont ils cherchent les bateaux pendant la nuit.",
            "en",
            "fr",
        ),
        (
            "Los guardacostas y los pescadores compararon la manera en que buscan los barcos durante la noche.",
            "en",
            "es",
        ),
        (
            "O programa foi apresentado pela ministra aos pescadores para que a guarda costeira e os barcos não "
            "fiquem sem luz durante a noite.",
            "en",
            "pt",
        ),
        (f"{BODY} Los guardacostas y los pescadores compararon la noche.", "es", "en"),
        ("Ok", "es-MX", "es"),
        ("Open day at the pier", "eñ", "en"),  # damaged
    ],
)
def test_the_body_tells_the_language_and_markup_where_there_is_none(body: str, lang: str, language: str) -> None:
    assert document(f"<html lang='{lang}'><body><p>{body}</p></body></html>", "a.html").language == language


HTML = """<!DOCTYPE html><html lang="en"><head><title>Forum on Night Searches | Island Network</title>
<meta property="og:site_name" content="Island Network"></head>
<body class="has-menu with-cookie-banner">
<a class="visually-hidden skip-link" href="#m">Skip to main content</a>
<header><h2>Island Network</h2><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<div id="cookie-notice">This site uses cookies since 2018.</div>
<div class="breadcrumb"><a href="/">Home</a> › <a href="/events">Events</a></div>
<div class="page"><h1>Forum on <em>Night</em> Searches</h1>
<div class="field"><div class="field__label">Date</div><div class="field__item">3&nbsp;May 2021</div></div>
<div class="field"><div class="field__label">Location</div><div><div>Moroni - Comoros</div></div></div>
<div class="field"><div class="field__label">Type of Event</div></div>
<div class="body"><p>Forty coast guards met <a href="/people/ali">Ali Said</a>, harbour master, and<br>
sixty fishers from five islands to talk about the search for boats at night.</p></div>
<p><strong>Organized by:</strong> Island Network</p>
<h2>Agenda</h2>
<table><tr><td>9.00</td><td>Welcome, <b>Ali Said</b></td></tr><tr><td>10.00</td><td>Panel</td></tr></table>
<h2>Additional Resources</h2><ul><li><a href="/files/note.pdf">Search plan</a></li></ul>
<img src="sdg14.png" alt="SDG 14 - Life Below Water"><a href="/taxonomy/term/294">Save lives</a>
</div>
<div class="social-share">Share on Facebook</div>
<footer>Copyright 2024</footer></body></html>"""
TEXT = """Skip to main content

Forum on Night Searches

Forum on Night Searches

Date: 3 May 2021
Location: Moroni - Comoros
Type of Event

Forty coast guards met Ali Said, harbour master, and
sixty fishers from five islands to talk about the search for boats at night.

Organized by: Island Network

Agenda

9.00 | Welcome, Ali Said
10.00 | Panel

Additional Resources

  • Search plan

Save lives
"""


def test_a_page_saved_as_html_has_the_blocks_of_the_same_page_saved_as_text() -> None:
    of_html, of_text = document(HTML, "a.html"), document(TEXT)
    label = str.maketrans("", "", ":")
    assert [(k, t.translate(label)) for k, t in blocks(of_html)] == [
        (k, t.translate(label)) for k, t in blocks(of_text)
    ]


def test_links_and_pictures_of_the_page_itself() -> None:
    doc = document(HTML, "a.html", "https://example.org/events/forum")
    assert [(link.url, link.rel) for link in doc.links] == [
        ("https://example.org/people/ali", None),
        ("https://example.org/files/note.pdf", "additional_resource"),
        ("https://example.org/taxonomy/term/294", "additional_resource"),
    ]
    assert [f.value for f in doc.facts if f.name == "tag"] == ["SDG 14 - Life Below Water", "Save lives"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>T</h1><dl><dt>Venue</dt><dd>Pier 4</dd><dd>Moroni</dd></dl>",
         [("label", "Venue"), ("value", "Pier 4"), ("value", "Moroni")]),
        ("<h1>T</h1><table><tr><th>Venue</th><td>Pier 4</td></tr></table>", [("label", "Venue"), ("value", "Pier 4")]),
        ("<h1>T</h1><p><b>Dress code:</b> none</p>", [("label", "Dress code:"), ("value", "none")]),
        ("<h1>T</h1><p>12<span>th</span> of May</p>", [("paragraph", "12th of May")]),
        ("<h1>T</h1><div>One</div><div>Two</div>", [("paragraph", "One"), ("paragraph", "Two")]),
        ("<h1>T</h1><p>Seen<!-- not seen --></p><script>var no</script><style>p{}</style>", [("paragraph", "Seen")]),
        ("<h1>T</h1><p hidden>No</p><p style='display: none'>No</p><p>Yes</p>", [("paragraph", "Yes")]),
        ("<h1>T</h1><ol><li>One</li><li>Two<ul><li>Deep</li></ul></li></ol>",
         [("list_item", "One"), ("list_item", "Two"), ("list_item", "Deep")]),
        ("<form id=aspnet><h1>T</h1><p>A form around the whole page</p></form>",
         [("paragraph", "A form around the whole page")]),
    ],
)  # fmt: skip
def test_elements(html: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(document(f"<html><body>{html}</body></html>", "a.html"))[1:] == expected


@pytest.mark.parametrize(
    "html",
    [
        "<body><h1>T</h1><p>Open<script>no</script> <select><option>no</select>sea</p>",
        "<body><nav><h1>No</h1><p>no</p></nav><h1>T</h1><p>Open <svg><title>no</title><b>no</b></svg>sea</p>",
        "<head><noscript><p>no<body><h1>T</h1><p>Open sea</p>",
        "<head><template><b>no<body class=a><h1>T</h1><p>Open sea</p></body></html>",
        "<ul><script>no</script><li><a>No</a><li><a>No</a><li><a>No</a><li><a>No</a></ul><h1>T</h1><p>Open sea</p>",
        "<h1>T</h1><p>Open sea</p><template><p>no",
    ],
)
def test_what_is_not_shown_leaves_the_text_around_it_as_it_is(html: str) -> None:
    assert document(f"<html>{html}", "a.html").text == "T\n\nOpen sea"


def test_a_main_part_leaves_all_around_it_out() -> None:
    doc = document(
        f"<body><div>From the webmaster</div><main><h1>Night Watch</h1><p>{BODY}</p></main><div>Partners</div>",
        "a.html",
    )
    assert doc.text == f"Night Watch\n\n{BODY}"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Night Watch | Island Network</title>", "<h1>Night Watch</h1>", "Night Watch"),
        ("<meta property='og:title' content='Night Watch'><meta property='og:site_name' content='Island Network'>",
         "<h1>Island Network</h1><h2>Night Watch</h2>", "Night Watch"),
        ("<title>Night Watch - Island Network</title>", "<div class=t>Night Watch</div>", "Night Watch"),
        ("<meta property='og:title' content='Night Watch'>", "", "Night Watch"),
        ("", "<h1>Night Watch</h1>", "Night Watch"),
        ("", "", None),
        ("<title>League of Harbours</title>", "<h1>League of Harbours</h1><h2>Night watch at sea</h2>",
         "Night watch at sea"),
        ("<title>League of Harbours - Night watch at sea</title>",
         "<h1>League of Harbours</h1><h2>Night watch at sea</h2>", "Night watch at sea"),
        ("<title>Events</title>", "<h1>Events</h1><h2>Night watch at sea</h2>", "Night watch at sea"),
        ("<title>LHT</title>", "<p><b>Night watch at sea</b></p><p>3 May 2021</p>", "Night watch at sea"),
        ("", "<h1>Night watch:<br>the sea</h1>", "Night watch: the sea"),
    ],
)  # fmt: skip
def test_the_title_of_an_html_page(head: str, body: str, title: str | None) -> None:
    doc = document(f"<html><head>{head}</head><body>{body}<p>{BODY}</p></body></html>", "a.html")
    assert (doc.title.text if doc.title else None) == title
    if doc.title:
        assert doc.text[doc.title.start : doc.title.end] == title


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><h1>Night Watch</h1>" + "<div>" * 10_000 + "deep",
        "<html><body><h1>Night Watch</h1>" + "<table><tr><td>" * 3_000 + "deep",
        "<html><body><h1>Night Watch</h1>" + "<ul><li>" * 3_000 + "deep",
        "<html><body><h1>Night Watch</h1><table><tr>" + "<th>x</th>" * 10_000,
        "<html><body><h1>Night Watch",
        "<html><body><h1>Night Watch</h1><p>x <!-- " + "a" * 500_000,
        "<html><h1>Night Watch</h1><script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "Night Watch\n\n" + "word " * 200_000,
        "Night Watch\n\n" + "a: " * 200_000,
        "Night Watch\n\n" + "A" + "b " * 200_000 + "– x",
        "Night Watch\n\n" + "Label: value\n" * 5_000,
    ],
    ids=["div", "table", "list", "row", "cut", "comment", "json", "line", "colons", "dateline", "labels"],
)
def test_hostile_pages_are_read_in_good_time(content: str) -> None:
    begin = time.process_time()
    doc = document(content)
    assert doc.title is not None
    assert doc.title.text == "Night Watch"
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Date: 3 May 2021 - 4 May 2021Location: Moroni, ComorosType of EventDialogueEvent CategoryMain organizer/s",
            [
                ("label", "Date:"),
                ("value", "3 May 2021 - 4 May 2021"),
                ("label", "Location:"),
                ("value", "Moroni, Comoros"),
                ("label", "Type of Event"),
                ("value", "Dialogue"),
                ("label", "Event Category"),
                ("label", "Main organizer/s"),
            ],
        ),
        (
            "Target AudienceFishers, Coast guards\nVenue: Pier Hotel",
            [
                ("label", "Target Audience"),
                ("value", "Fishers, Coast guards"),
                ("label", "Venue:"),
                ("value", "Pier Hotel"),
            ],
        ),
        ("Venue: McDonald Pier", [("label", "Venue:"), ("value", "McDonald Pier")]),
    ],
)
def test_labels_glued_to_their_neighbours(line: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(document(f"Harbour Watch\n\n{line}\n\n{BODY}"))[1:-1] == expected


def test_a_table_that_the_scrape_took_apart_is_put_together() -> None:
    table = "No.\nActivity\nLead\nStatus\n\n1\nLamps\nCoast Agency\nOngoing\n\nOil\n\n2\nOil\nLake Fund\nDone"
    doc = document(f"Harbour plan\n\n{BODY}\n\n{table}\n\nNets\nRope")
    assert [block for block in blocks(doc) if " | " in block[1]] == [
        ("paragraph", "No. | Activity | Lead | Status"),
        ("paragraph", "1 | Lamps | Coast Agency | Ongoing"),
        ("paragraph", "2 | Oil | Lake Fund | Done"),
    ]
    assert doc.text.endswith("Nets\nRope")


def test_what_breadcrumbs_say_is_kept() -> None:
    doc = document(f"Harbours » Comoros » Workplan\nNight searches\n\n{BODY}")
    assert [(f.value, f.origin.kind) for f in doc.facts] == [("Harbours » Comoros » Workplan", "text")]
    assert "Workplan" not in doc.text


@pytest.mark.parametrize(
    "head",
    [
        ["> Across the bay: a dialogue on ferries", "Across the bay: a dialogue on ferries", "Date: 4 May 2021"],
        ["> Trois quais pour un port", "[Photo : les maires sur le quai. © Ville de Turku]"],
        ["HARBOUR TODAY", "> Working Group on Ferries ends second sitting in Turku"],
        ["> Who pays for the ferry, and who may board it?", "Date: 4 May 2021", "Location: Turku"],
        ["> Rope, Net, Sail: Who Owns a Harbour?", "A public debate organised by the Harbour Society"],
        ["News | Regional", "> Harbours agree how to look for the lost", "4 May 2021"],
        ["Print   Share   Save as PDF", "> A berth is a berth", "4 May 2021"],
        ["« Back to results (12)", "Search the library", "> Nets and the law of the quay", "4 May 2021"],
        ["Night fishers", "> Two towns sign a charter on lamps", "Posted on 4 May 2021"],
        ["FAIR OF NETS", '> "Knots in hand": a day of mending for all who fish at night', "4 May 2021"],
        ["By the editors / 4 May 2021 / Lecture : 3 minutes", "> Nets and the law of the quay", "Turku - 5 May 2021"],
        ["> Mending by lamplight", "A manual for those who work at night", "Publication date: May 2021"],
        ["> Fourth Congress of Net Menders of the Coast", "«Ropes and tides»", "Turku, 3-5 May 2021"],
        ["Coastal Labour Forum", "> Mending nets: what a night is worth", "4 May 2021"],
        ["Webinar series on nets, no. 4", "> Who pays for the rope of the old harbour?", "4 May 2021"],
        ["Updated on: 4 May 2021", "> Nets by night: pledge of the towns of the coast", "Status: Ongoing"],
        ["> Harbours open their beds to those who fish at night", "4 May 2021", "Ana, 9, beside her net on the quay"],
        ["Back to Library of Nets", "> A bed in the harbour for those who fish", "4 May 2021"],
        ["News", "> Harbours open their beds by night", "A boat on the quay. © Harbour Watch/Ana Ruiz"],
        ["> Workshop: who mends, and for how much?", "workshop", "Workshop: who mends, and for how much?"],
        ["An official website of the Harbour Union", "> Harbours open their beds by night", "4 May 2021"],
        ["> Repairing nets for beginners", "Format: Face-to-face", "Venue: Turku", "Fee: 20 euros", "About the nets"],
    ],
)
def test_the_title_among_the_lines_of_the_head(head: list[str]) -> None:
    """The line behind ">" is the title."""
    body = "Nets are repaired by hand in the old harbour, and few know how to do it. The course shows it to all."
    found = document("\n\n".join([line.removeprefix("> ") for line in head] + [body, f"Again: {body}"]))
    assert found.title is not None
    assert found.title.text == next(line for line in head if line.startswith("> "))[2:]


def test_the_site_before_a_headline_stays_on_the_page() -> None:
    doc = document(f"Ministry of Harbours » Towns open beds by the quay\n\n{BODY}")
    assert (doc.title.text if doc.title else None) == "Towns open beds by the quay"
    assert doc.text.startswith("Ministry of Harbours\n")


def test_numbered_chapters_are_headings_whatever_stands_below_them() -> None:
    lines = [
        "Nets and lamps",
        "1. Background",
        BODY,
        "2. Sessions",
        "Hour | What",
        "3. Main points",
        "• Nets",
        "• Lamps",
    ]
    assert texts(document("\n\n".join(lines)), "heading") == ["1. Background", "2. Sessions", "3. Main points"]
    listed = ["Nets and lamps", BODY, "1. Mend nets", "2. Light lamps", "3. Go home", BODY]
    assert texts(document("\n\n".join(listed)), "heading") == []


def test_numbered_parts_of_a_plan_are_headings() -> None:
    lines = [
        "Nets and lamps",
        BODY,
        "Priority 1: Nets",
        "Output 1.1 Mended nets",
        "Priority 2: Lamps",
        "Output 2.1 Oil",
    ]
    assert texts(document("\n".join(lines)), "heading") == ["Priority 1: Nets", "Priority 2: Lamps"]


@pytest.mark.parametrize(
    ("heading", "below", "kind"),
    [
        ("Organisers and partners", f"<p>{BODY}</p>", "heading"),
        ("Theme", "<ul><li>Nets of old</li><li>Lamps of oil</li></ul>", "heading"),
        ("Partners", "<ul><li>Delta Agency</li><li>Lamp Fund</li></ul>", "label"),
        ("Accessibility", f"<p>{BODY}</p>", "heading"),
    ],
)
def test_headings_of_the_markup_that_are_worded_like_labels(heading: str, below: str, kind: str) -> None:
    doc = document(f"<html><body><h1>Nets and lamps</h1><p>{BODY}</p><h2>{heading}</h2>{below}</body></html>", "a.html")
    assert (kind, heading) in blocks(doc)


@pytest.mark.parametrize("end", ["", "</tatle>", "<svg><title>A lamp</title></svg>"])
def test_a_title_that_is_never_closed_does_not_swallow_the_page(end: str) -> None:
    filler = f"<p>{BODY}</p>" * 8
    doc = document(f"<html><head><title>Nets and lamps{end}</head><body><h1>Nets</h1>{filler}</body></html>", "a.html")
    assert (doc.title.text if doc.title else None) == "Nets"
    assert doc.text.count(BODY) == 8
