"""Organizations: text → the bodies that it names, and how each was found. All events and people are invented."""

from __future__ import annotations

import pytest

from extractor.stages.names.body_names import OrganizationMention
from extractor.stages.names.organizations import find_organizations
from extractor.stages.names.words import read
from tests.stages.names import bodies, body_names, field, prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the noun with what stands before and behind it
        ("She joined the State Harbour Service in May.", ["State Harbour Service"]),
        ("The Ministry of Health and Social Affairs agreed.", ["Ministry of Health and Social Affairs"]),
        ("The Ministry of Manpower and Transmigration agreed.", ["Ministry of Manpower and Transmigration"]),
        (
            "Talks at the Ministry of Foreign Affairs of the Kingdom of Thailand ended.",
            ["Ministry of Foreign Affairs of the Kingdom of Thailand"],
        ),
        (
            "The Department of Youth, Sports and Culture of the City of Larkhaven paid.",
            ["Department of Youth, Sports and Culture of the City of Larkhaven"],
        ),
        ("He leads the Research and Innovation Unit there.", ["Research and Innovation Unit"]),
        ("A flag of the Harbour Workers' Union hung there.", ["Harbour Workers' Union"]),
        ("The Women’s Land Council met again.", ["Women’s Land Council"]),
        ("The Observatory of Caribbean Migrants counted them.", ["Observatory of Caribbean Migrants"]),
        ("They study at the University of Dar es Salaam today.", ["University of Dar es Salaam"]),
        ("The Directorate General of Civil Status sent vans.", ["Directorate General of Civil Status"]),
        ("The Office of the Prime Minister replied.", ["Office of the Prime Minister"]),
        ("the “Open Door” Public Union took part", ["“Open Door” Public Union"]),
        ("The Advisory Board under the State Harbour Service met.", ["Advisory Board under the State Harbour Service"]),
        # two bodies, and lists
        ("The Ministry of Health and the Coast Agency met.", ["Ministry of Health", "Coast Agency"]),
        ("The Ministry of Health and IOM met.", ["Ministry of Health", "IOM"]),
        ("The Ministry of Trade, Caritas and UNHCR met.", ["Ministry of Trade", "Caritas", "UNHCR"]),
        ("With IOM, ILO and UNDP we wrote it.", ["IOM", "ILO", "UNDP"]),
        (
            "the Ministries of Health, Labour and Interior agreed",
            ["Ministry of Health", "Ministry of Labour", "Ministry of Interior"],
        ),
        ("the Governments of Kenya and Uganda agreed", ["Government of Kenya", "Government of Uganda"]),
        ("We thank UNHCR, Lantern Trustees and IOM.", ["UNHCR", "Lantern Trustees", "IOM"]),
        # known bodies, their offices and networks
        ("the UN Migration Agency and the World Bank", ["UN Migration Agency", "World Bank"]),
        ("IOM Kenya paid for it.", ["IOM Kenya"]),
        (
            "The Representation of IOM in the Republic of Kenya paid.",
            ["Representation of IOM in the Republic of Kenya"],
        ),
        ("The UNHCR's Regional Office for West Africa paid.", ["UNHCR's Regional Office for West Africa"]),
        (
            "The Regional UN Network on Migration in West and Central Africa wrote.",
            ["Regional UN Network on Migration in West and Central Africa"],
        ),
        ("Amnesty International Kenya wrote.", ["Amnesty International Kenya"]),
        ("The Embassy of Germany in Addis Ababa paid.", ["Embassy of Germany in Addis Ababa"]),
        ("For two days the City of Turku opens its plans.", ["City of Turku"]),
        ("They walked in the City of Turku for two days.", []),
        ("the ILO Country Office for Kenya, Uganda and Rwanda", ["ILO Country Office for Kenya, Uganda and Rwanda"]),
        # names that only their surroundings show
        ("The fair was organized by Lantern House and FOMARE.", ["Lantern House", "FOMARE"]),
        ("In the north CEDRAL helps three hundred families.", ["CEDRAL"]),
        ("the NGO Bright Sails came", ["Bright Sails"]),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert body_names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le Ministère de l’Intérieur et de la Sécurité répond.", ["Ministère de l’Intérieur et de la Sécurité"]),
        ("l'Agence nationale pour l'emploi a payé", ["Agence nationale pour l'emploi"]),
        ("Selon l’Office central du port, tout va bien.", ["Office central du port"]),
        ("le ministère de la Santé et l’OIM", ["ministère de la Santé", "OIM"]),
        (
            "Le Réseau des Nations Unies sur les migrations au Mali se réunit.",
            ["Réseau des Nations Unies sur les migrations au Mali"],
        ),
        ("la Ville de Montclair, avec la Caisse nationale de prévoyance", ["Caisse nationale de prévoyance"]),
        ("l’association Terre Claire est venue", ["Terre Claire"]),
        ("Il représente l’Union africaine et l’Union européenne.", ["Union africaine", "Union européenne"]),
    ],
)
def test_french(text: str, expected: list[str]) -> None:
    assert [name for name in body_names(text, "fr") if not name.startswith("Ville")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("el Consejo Nacional de Cambio Climático respondió", ["Consejo Nacional de Cambio Climático"]),
        (
            "el Ministerio de Economía, Planificación y Desarrollo respondió",
            ["Ministerio de Economía, Planificación y Desarrollo"],
        ),
        (
            "el Ministerio de Gobierno, la Policía Nacional y ONU Mujeres",
            ["Ministerio de Gobierno", "Policía Nacional", "ONU Mujeres"],
        ),
        ("que apoyan FOMARE, LINDES y la red CIUDAR.", ["FOMARE", "LINDES", "CIUDAR"]),
        ("el Centro de Atención al Migrante abrió", ["Centro de Atención al Migrante"]),
    ],
)
def test_spanish(text: str, expected: list[str]) -> None:
    assert body_names(text, "es") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry and the Service said so; the Council agreed.",
        "Civil Society Organizations, Member States and the Private Sector met.",
        "The 2030 Agenda, the Global Compact for Migration and the Paris Agreement",
        "The International Migration Review Forum and the Harbour Summit opened.",
        "The Minister of Labour and the Chief of Mission came.",
        "The Expert Group Meeting on data closed.",
        "Graduates of the “Harbour School” project came.",
        "UN agencies, EU Member States and the UN's envoys",
        "They ratified the ILO Violence and Harassment Convention.",
        "Strategic Dialogue on Labour Mobility Opens With Renewed Hope for the Whole Coast",
        "It was tabled on Thursday in Kenya, Uganda and Nairobi.",
    ],
)
def test_what_is_no_body(text: str) -> None:
    assert body_names(text) == []


@pytest.mark.parametrize(
    ("text", "acronym", "later"),
    [
        ("The State Harbour Service (SHS) came. Later SHS left.", "SHS", 1),
        ("The Directorate of Coasts (KYST) came. KYST left, KYST returned.", "KYST", 2),
        ("CEMIR (Centre for Migration Research) came. CEMIR left.", "CEMIR", 2),
        ("The Open Hands Campaign (OHC) spoke. The OHC argued.", "OHC", 2),
    ],
)
def test_acronyms_that_the_page_explains(text: str, acronym: str, later: int) -> None:
    found = bodies(text)
    assert acronym in [m.acronym for m in found]
    assert [m.name for m in found].count(acronym) >= later


def test_an_acronym_by_its_initials() -> None:
    """SHS is explained nowhere, but only one name of the page has these initials."""
    assert [m.rule for m in bodies("The State Harbour Service came. SHS left.")] == ["org.head", "org.acronym"]


def test_a_name_whose_acronym_is_no_body() -> None:
    assert bodies("The Skills Passport Scheme (SPS) is a paper. The SPS is blue.") == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("IOM Mission in Kenya and Coast Service of the Republic of Kenya",
         ["IOM Mission in Kenya", "Coast Service of the Republic of Kenya"]),
        ("Ministry of Health and Social Affairs", ["Ministry of Health and Social Affairs"]),
        ("IOM, ILO and UNDP", ["IOM", "ILO", "UNDP"]),
        ("Lantern House; Bright Sails & Oars; Nairobi", ["Lantern House", "Bright Sails", "Oars"]),
        ("as well as IOM", ["IOM"]),
        ("Members of GFMD", ["Members of GFMD"]),
        ("Swiss Agency for Development and Cooperation (SDC)", ["Swiss Agency for Development and Cooperation", "SDC"]),
        ("local authorities and civil society", []),
    ],
)  # fmt: skip
def test_fields_are_split_at_what_stands_in_no_name(value: str, expected: list[str]) -> None:
    document = prose(value, kind="value")
    found = find_organizations(read(document), [field(document, "organizers", value)])
    assert [m.name for m in found] == expected
    assert all(m.field == "organizers" for m in found)


def test_a_field_in_whole_sentences_is_read_as_prose() -> None:
    text = "The Coast Agency leads the work. It was founded in 2009 by fishermen who had come back."
    document = prose(text, kind="value")
    (mention,) = find_organizations(read(document), [field(document, "detailed_information", text)])
    assert (mention.name, mention.rule) == ("Coast Agency", "org.head")


@pytest.mark.parametrize(
    ("text", "body", "office", "country"),
    [
        ("IOM Kenya", "iom", True, "KE"),
        ("Organisation internationale pour les migrations", "iom", False, None),
        ("the Kenya UN Network on Migration", "unnm", True, "KE"),
        ("UNNM Kenya", "unnm", True, "KE"),
        ("Food and Agricultural Organization", "fao", False, None),
        ("World Health Organisation", "who", False, None),
        ("the United Nations Migration Network", "unnm", False, None),
    ],
)
def test_known_bodies(text: str, body: str, office: bool, country: str | None) -> None:
    (mention,) = bodies(text)
    assert mention.body is not None
    assert (mention.body.id, mention.office, mention.country_code) == (body, office, country)


def test_every_mention_is_exact_and_has_a_listed_rule() -> None:
    text = "The Coast Agency (COAG), IOM Kenya and the “Open Door” Public Union met; COAG paid Lantern House."
    listed = {"org.vocabulary", "org.office", "org.head", "org.quoted", "org.acronym", "org.definition", "org.list"}
    found: list[OrganizationMention] = bodies(text)
    assert len(found) >= 4
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.span.text
        assert mention.rule in listed
