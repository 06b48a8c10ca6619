"""Places: locations → what they name, and pages → venue, scope and attendance. All pages are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model import Block, Document, Field, MarkupFact, Origin, Span
from extractor.readers.text import read_text
from extractor.stages.places import PlacesFound, find_places
from extractor.stages.places.locations import read_location
from extractor.text import split_sentences

MORE = "Those who came compared forms and fees, and agreed to share what they learn with the districts next to theirs."


def page(*lines: str) -> Document:
    """A document of the first line as title and paragraphs, so that these tests do not hang on other stages."""
    text = "\n".join(lines) + "\n"
    blocks, sentences, start = [], [], 0
    for number, line in enumerate(lines):
        blocks.append(Block("paragraph" if number else "title", start, start + len(line)))
        sentences += split_sentences(text, start, start + len(line))
        start += len(line) + 1
    title = Span(0, len(lines[0]), lines[0])
    return Document(read_text(text), text, tuple(blocks), tuple(sentences), "en", "generic", title)


def field(document: Document, name: str, *values: str) -> Field:
    """A field whose values stand in the document."""
    starts = [document.text.index(value) for value in values]
    spans = tuple(document.span(s, s + len(v)) for s, v in zip(starts, values, strict=True))
    return Field(name, Span(0, 0, ""), spans)


def cities(found: PlacesFound) -> list[str]:
    return [p.name for p in found.places if p.kind == "city" and p.role == "venue"]


def codes(found: PlacesFound) -> set[str]:
    return {p.country_code for p in found.places if p.country_code and p.role != "mentioned"}


@pytest.mark.parametrize(
    ("text", "city", "code", "venue"),
    [
        ("Kutaisi - Georgia", "Kutaisi", "GE", None),
        ("Lusaka Zambia", "Lusaka", "ZM", None),
        ("Tirana, Albania - KUDO", "Tirana", "AL", None),
        ("Rwanda, Kigali", "Kigali", "RW", None),
        ("Grand Plaza Hotel, Tirana, Albania", "Tirana", "AL", "Grand Plaza Hotel"),
        ("Room XX, Palais des Nations, Geneva", "Geneva", "CH", "Room XX, Palais des Nations"),
        ("4-6 June 2019 Addis Ababa, Adis Abeba, Ethiopia", "Addis Ababa", "ET", None),
        ("Center for Cities, 12 3rd Avenue (2nd floor), New York, NY 10099", "New York", "US", None),
        ("Humboldt University, Unter den Linden 6, 10117 Berlin", "Berlin", "DE", None),
        ("17 boulevard Haut 59800 Lille", "Lille", "FR", "17 boulevard Haut 59800 Lille"),
        ("Acacia Road Nairobi, Nairobi County", "Nairobi", "KE", "Acacia Road Nairobi"),
        ("Kigali Convention Centre", "Kigali", "RW", "Kigali Convention Centre"),
        ("Embassy of Kenya, Brussels", "Brussels", "BE", "Embassy of Kenya"),
        ("Convention Centre Kigali (CCK), Room 4", "Kigali", "RW", None),
        ("CCK, 17 Acacia Road, Nairobi", "Nairobi", "KE", None),
        ("Pier Auditorium, 34 Front Street West, Ottawa, Ontario", "Ottawa", "CA", None),
        ("Suva, Fiji Islands, 8th–10th August 2023", "Suva", "FJ", None),
        ("Atlanta, Georgia", "Atlanta", "US", None),
        ("Cambridge, Massachusetts", "Cambridge", "US", None),
        ("Antigua Guatemala, Guatemala", "Antigua Guatemala", "GT", None),
        ("Panamá, Panamá", "Panamá", "PA", None),
        ("Singapore", "Singapore", "SG", None),
        ("Universidad de Cuenca, Ecuador", "Cuenca", "EC", None),
        ("Campus Kirchberg, University of Luxembourg", "Luxembourg", "LU", None),
        ("Villa Sofía, Puembo, Ecuador", "Puembo", "EC", None),  # too small for the gazetteer
        ("à Dakar, au Sénégal", "Dakar", "SN", None),
        ("The Hague, the Netherlands", "The Hague", "NL", None),
        ("Dushanbe and online", "Dushanbe", "TJ", None),
        ("Online", None, None, None),
        ("Zoom (link to follow)", None, None, None),
        ("12 May 2023, 10:00 – 12:00 CET", None, None, None),
        ("Embassy of Kenya", None, None, "Embassy of Kenya"),
        ("Georgia", None, "GE", None),
    ],
)
def test_reading_a_location(text: str, city: str | None, code: str | None, venue: str | None) -> None:
    location = read_location(text, [(0, len(text))])
    assert [text[p.start : p.end] for p in location.cities[:1]] == ([city] if city else [])
    assert {p.country_code for p in (*location.cities, *location.countries)} == ({code} if code else set())
    if venue:
        assert location.venue is not None
        assert text[slice(*location.venue)] == venue


@pytest.mark.parametrize(
    ("sentence", "city", "code"),
    [
        ("The dialogue will be held in Lusaka, Zambia, from 4 to 6 June; Malawi and Kenya come too.", "Lusaka", "ZM"),
        ("L'atelier s'est tenu à Dakar les 12 et 13 mars, avec des agents du Mali et du Togo.", "Dakar", "SN"),
        ("El foro se celebró en Quito el 3 de octubre con expertos de Chile y de Uruguay.", "Quito", "EC"),
        ("La feria tuvo por sede la ciudad de Panamá y reunió a mil personas en tres días.", "Panamá", "PA"),
        ("In Tashkent on Monday, the State Border Service opened a training for forty officers.", "Tashkent", "UZ"),
        ("The meeting took place at the Kempinski Hotel, Accra, in the first week of the year.", "Accra", "GH"),
        ("The congress takes place from 3 to 5 September in the Berlin Congress Centre.", "Berlin", "DE"),
        ("La formation a été organisée à l'Université de Lomé, au Togo, du 3 au 5 juin.", "Lomé", "TG"),
        ("The side event took place at the UN Headquarters in New York on 17 May.", "New York", "US"),
        ("The talk was held in Atlanta, Georgia, on 5 May before a large audience.", "Atlanta", "US"),
        ("Bamako accueille depuis lundi la troisième réunion du comité, qui durera trois jours.", "Bamako", "ML"),
        (
            "The team consulted thirty recruiters in Bishkek on 4 May, and their clients on the day after.",
            "Bishkek",
            "KG",
        ),
        ("Los días 3 y 4 de mayo Quito fue sede del encuentro de alcaldes, el primero de su clase.", "Quito", "EC"),
        ("A delegation of six paid a study visit to Yerevan and saw the centre that opened there.", "Yerevan", "AM"),
        ("Held on 4 May at the Ministry of Labour and Social Protection, Ulaanbaatar", "Ulaanbaatar", "MN"),
        ("The round table held in Cebu asked for data. This year's will be held in Baguio.", "Baguio", "PH"),
    ],
)
def test_prose_puts_the_event_in_a_city(sentence: str, city: str, code: str) -> None:
    found = find_places(page("Two days of talks on work abroad", sentence, MORE), ())
    assert city in cities(found)
    assert code in codes(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Prague Process, the Budapest Process and the Abu Dhabi Dialogue were presented to everyone there.",
        "The group met on 4 May to prepare the African Union summit in Addis Ababa and adopted its agenda.",
        "Five years after it was adopted in Marrakesh, the Compact is held in esteem by those who signed it.",
        "The week is celebrated across the world, with events in Manila, Beirut and Dakar and many more.",
        "The follow-up meeting will be held in Rabat in the autumn, as the members of the group decided.",
        "The New York Declaration was discussed at length, as was the book that Reading Press has published.",
        "The meeting was held in March 2023 with the help of the office of Mr Jordan Blake and of Ms Paris Lane.",
    ],
)
def test_a_name_alone_is_no_venue(sentence: str) -> None:
    assert cities(find_places(page("Two days of talks on work abroad", sentence, MORE), ())) == []


@pytest.mark.parametrize(
    ("lines", "city"),
    [
        (("Seminar on return", "12-13 June 2024", "Grand Plaza Hotel, Tirana, Albania", MORE), "Tirana"),
        (("Colloque sur les villes", "Paris, 14-15 novembre 2019", MORE), "Paris"),
        (("Symposium on bonds", "London, 4 June 2019", MORE), "London"),
        (("Panel on climate", "Thursday, 9 November 2023", "University of Nairobi, Taifa Hall", MORE), "Nairobi"),
        (("Side event", "4 May 2021", "10:00 - 12:00 (Baku time)", "Room 4, Baku Stadium, and online", MORE), "Baku"),
        (("Women telling", "4 May 2021", "Stadtbibliothek, Zanklhof, Belgiergasse 3, 8020 Graz", MORE), "Graz"),
        (("Fourth conference of ministers (Kigali, 2–4 May 2019)", MORE), "Kigali"),
        (("Statement on the sea", "Geneva, 3 March 2023:", MORE), None),
        (("A year in the field", "Officers came from Peru, Chile and Brazil.", MORE), None),
    ],
)
def test_a_line_that_is_a_place(lines: tuple[str, ...], city: str | None) -> None:
    assert cities(find_places(page(*lines), ())) == ([city] if city else [])


@pytest.mark.parametrize(
    ("title", "paragraph", "city"),
    [
        ("Nepal has a migration profile", "Kathmandu, 5 May 2023 (IOM) – It was presented today. ", "Kathmandu"),
        ("Un guichet pour les migrants", "Bamako - Le Gouvernement du Mali ouvre un guichet au Mali. ", "Bamako"),
        (
            "Feria de empleo",
            "Tegucigalpa, Honduras. 4 de mayo de 2023. Cien empresas fueron a Honduras. ",
            "Tegucigalpa",
        ),
        ("La feria", "Tegucigalpa, Honduras, 4 de mayo de 2023. Cien empresas fueron a Honduras. ", "Tegucigalpa"),
        ("The network plans its year", "Dakar – Members from ten countries met for two days to plan. ", "Dakar"),
        ("The network plans its year", "Dakar – Members of the network in Chad met to plan the year. ", None),
        ("Un comedor para quienes pasan", "Tapachula, Chis.- El cabildo aprobó un comedor. ", "Tapachula"),
        ("A charter of six towns", "4 May 2019, Skopje – Six mayors of North Macedonia signed it. ", "Skopje"),
        ("A contract in six languages", "PETALING JAYA: Unions launched a contract on Sunday. ", "PETALING JAYA"),
        ("Officers learn to spot papers", "Lilongwe – Officers of Malawi took part in a course. ", "Lilongwe"),
        ("Agencies ask for more", "Amman – Needs have grown across Iraq and in Jordan. ", None),
        ("Statement on rescue at sea", "Geneva, 3 March 2023 – All States are called on to save lives. ", None),
        ("Seven countries compare visas", "NAIROBI.- Officials of Kenya, Uganda and Somalia compare. ", None),
    ],
)
def test_a_dateline_is_the_venue_only_in_the_country_the_page_is_about(
    title: str, paragraph: str, city: str | None
) -> None:
    found = find_places(page(title, paragraph + MORE), ())
    assert cities(found) == ([city] if city else [])
    assert any(p.kind == "city" for p in found.places)  # mentioned at least


@pytest.mark.parametrize(
    ("lines", "city"),
    [
        (
            ("Des douaniers en cours", "Dix agents du Gabon ont suivi à Libreville une formation de trois jours."),
            "Libreville",
        ),
        (
            ("Semaine « Pau accueille »", "Une semaine pour dire qui arrive, que propose la Ville de Grenoble."),
            "Grenoble",
        ),
        (
            (
                "Help for returnees",
                "The Mombasa County government on Tuesday opened a help desk for returning workers.",
            ),
            "Mombasa",
        ),
        (("Saint-Louis : des visas", "Les pêcheurs du Sénégal ont remis lundi un texte au gouverneur."), "Saint-Louis"),
        (("Carers march", "Some three hundred carers marched in Hong Kong on Tuesday for a day of rest."), "Hong Kong"),
        # a town too small for the gazetteer, told by its council
        (
            ("Un comedor en Villanube", "La Alcaldía de Villanube abrió el lunes un comedor para cien personas."),
            "Villanube",
        ),
        (("Un comedor", "El alcalde dijo que en Villanube nadie cruza con el estómago vacío, y lo repitió."), None),
        # what is always there, what was there before, and what is elsewhere
        (("Nurses wanted", "The network, whose office in Lisbon has two rooms, wants to hear from nurses."), None),
        (
            ("Nurses wanted", "The Compact that was adopted in Marrakech says so, and nurses have long said the same."),
            None,
        ),
        (
            ("Nurses wanted", "Nurses were asked in Manila, Cebu and Davao what they earn and what they send home."),
            None,
        ),
        (
            ("Nepal and its nurses", "A study of them came out in Lisbon, and it tells of their work and their days."),
            None,
        ),
    ],
)
def test_the_only_town_of_a_page_of_news(lines: tuple[str, ...], city: str | None) -> None:
    assert cities(find_places(page(*lines), (), "news")) == ([city] if city else [])
    assert cities(find_places(page(*lines), (), "resource")) == []


def test_a_place_in_another_year_than_the_page_s_is_of_another_event() -> None:
    document = page(
        "Second talks on the sea", "27 February 2023", "The first, held in Apia on 6 September 2022, asked."
    )
    assert cities(find_places(document, (field(document, "date", "27 February 2023"),), "event")) == []


def test_a_communique_is_signed_where_it_was_agreed() -> None:
    found = find_places(
        page("Communiqué", "Ministers met on 4 May. " + MORE, "Done at Lusaka, this 4th day of May 2021."), ()
    )
    assert [(p.name, p.rule) for p in found.places] == [("Lusaka", "place.signature")]


def test_the_field_goes_before_prose_and_markup() -> None:
    document = page("Annual talks", "Kigali, Rwanda", "The talks were held in Nairobi, Kenya, last time. " + MORE)
    fact = MarkupFact("location.address.addressLocality", "Lima", Origin("json-ld", "$.location"))
    found = find_places(replace(document, facts=(fact,)), (field(document, "location", "Kigali, Rwanda"),))
    assert cities(found) == ["Kigali"]
    assert codes(found) == {"RW"}
    kigali = next(p for p in found.places if p.name == "Kigali")
    assert (kigali.method, kigali.rule) == ("field", "place.field")


def test_markup_states_the_place_with_its_origin() -> None:
    facts = tuple(
        MarkupFact(f"location.{name}", value, Origin("json-ld", f"$.location.{name}"))
        for name, value in {
            "name": "Hotel Drina",
            "address.addressLocality": "Tirana",
            "address.addressCountry": "AL",
        }.items()
    )
    found = find_places(replace(page("Data days", MORE), facts=facts), ())
    city = next(p for p in found.places if p.kind == "city")
    assert (city.name, city.country_code, city.role, city.method, city.evidence) == (
        "Tirana",
        "AL",
        "venue",
        "metadata",
        (),
    )
    assert city.origin == Origin("json-ld", "$.location.address.addressLocality")
    assert {p.kind for p in found.places} == {"city", "country", "venue"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("One-stop shops in Sri Lanka", MORE), {"LK"}),
        (("Czech homes and those who clean them", "In Czechia much of this work has no papers."), {"CZ"}),
        (("Fairway", "In Nepal six districts take part.", "Nepal leads the way."), {"NP"}),
        (("Work for the young", "Three Honduran departments take part in the programme."), {"HN"}),
        (("Ghana, Nigeria and Togo compare visa rules", MORE), set()),
        (("A talk on borders", "With a professor of the University of Nantes, France."), set()),
        (("A talk in English and in Portuguese", MORE), set()),
        (("Bolivian nurses in Chile: a study", "It asked nurses from Bolivia how they fare."), {"BO", "CL"}),
        (("Spain hosts the forum", "The forum was held in Rabat, Morocco, in May of that year."), {"MA"}),
    ],
)
def test_the_country_a_page_is_about(lines: tuple[str, ...], expected: set[str]) -> None:
    assert codes(find_places(page(*lines), ())) == expected


def test_scope_fields_give_countries_regions_and_localities() -> None:
    document = page("A house on the road", "Bolivia (Plurinational State of)", "West Asia", "Arab region", "Cochabamba")
    found = find_places(
        document,
        (
            field(document, "country", "Bolivia (Plurinational State of)"),
            field(document, "sub_regions", "West Asia"),
            field(document, "regions", "Arab region"),
            field(document, "local", "Cochabamba"),
        ),
    )
    assert [(p.name, p.kind, p.m49, p.role) for p in found.places] == [
        ("Cochabamba", "city", None, "venue"),
        ("Bolivia (Plurinational State of)", "country", "068", "scope"),
        ("West Asia", "region", "145", "scope"),
        ("Arab region", "region", None, "scope"),
    ]


def test_the_implementer_stands_in_for_a_country() -> None:
    document = page("Skills first", "Government of Malta", "Partners: Government of Chile", "The plan has five parts.")
    fields = (field(document, "implementing_organizations", "Government of Malta"),)
    assert codes(find_places(document, fields)) == {"MT"}
    assert codes(find_places(document, ())) == set()


def test_one_entry_for_each_place_with_the_evidence_of_its_role() -> None:
    document = page("Talks in Morocco", "Marrakech, Morocco", "The talks in Marrakesh bring Morocco and Peru together.")
    found = find_places(document, (field(document, "location", "Marrakech, Morocco"),))
    assert [(p.name, p.role) for p in found.places] == [
        ("Marrakech", "venue"),
        ("Morocco", "venue"),
        ("Peru", "mentioned"),
    ]


@pytest.mark.parametrize(
    ("lines", "attendance"),
    [
        (("Webinar: skills in the Pacific", "Speakers come from Fiji, Samoa and Tonga."), "online"),
        (("Talks on visas", "The talks will take place online on 3 May."), "online"),
        (("Taller para consulados", "El taller se realizó de manera virtual el 5 de mayo."), "online"),
        (("Réunion du groupe", "La réunion se tiendra en ligne le 4 mai."), "online"),
        (("Talks on visas", "Monday, 5 June 2023", "Zoom"), "online"),
        (("Talks on visas", "One can only take part in person, and must register online."), "in_person"),
        (("Cours d'été", "Le cours a lieu en présentiel."), "in_person"),
        (("Hybrid side event: visas", "Speakers come from afar."), "hybrid"),
        (("Talks on visas", "You may attend in person or online."), "hybrid"),
        (("Talks on visas", "They were held in Lima, Peru, and some delegates joined online."), "hybrid"),
        (("Talks on visas", "Some delegates joined online."), None),
        (("Talks on visas", "The talks were held in Lima, Peru."), None),
        (("A farm for all", "Buyers are reached online, and members follow webinars."), None),
    ],
)
def test_attendance(lines: tuple[str, ...], attendance: str | None) -> None:
    document = page(*lines)
    found = find_places(document, ())
    assert found.attendance == attendance
    assert bool(found.attendance_evidence) == (attendance is not None)


def test_a_platform_beside_a_city_is_hybrid_and_markup_decides() -> None:
    document = page("Talks on visas", "Tirana, Albania - KUDO", MORE)
    fields = (field(document, "location", "Tirana, Albania - KUDO"),)
    assert find_places(document, fields).attendance == "hybrid"
    fact = MarkupFact("eventAttendanceMode", "https://schema.org/OfflineEventAttendanceMode", Origin("json-ld", "$"))
    assert find_places(replace(document, facts=(fact,)), fields).attendance == "in_person"


def test_nobody_attends_a_practice() -> None:
    document = page("Courses for nurses", "Programme", "The course is taught in an online session every week.")
    assert find_places(document, (field(document, "type_of_practice", "Programme"),)).attendance is None
    assert find_places(document, ()).attendance == "online"


_PIECES = [
    "The talks were held in Accra, Ghana",
    "Baku, 5 May 2020 – ",
    "Geneva",
    "at the UN Headquarters in New York. ",
    "Hotel Ritz, Paris\n",
    "12-14 June",
    "University of Lima",
    " (hybrid) ",
    "Zoom",
    ", ",
]


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(_PIECES), _TEXT), min_size=1, max_size=10).map("".join))
def test_evidence_is_always_exact(text: str) -> None:
    document = page(*(line for line in text.splitlines() if line.strip()), "An end.")
    value = document.span(0, len(document.text))
    found = find_places(document, (Field("location", Span(0, 0, ""), (value,)),))
    spans = [span for place in found.places for span in place.evidence] + list(found.attendance_evidence)
    assert all(document.text[s.start : s.end] == s.text != "" for s in spans)
    keys = [(p.kind, p.name, p.country_code) for p in found.places]
    assert len(keys) == len(set(keys))
