"""People: text → name, honorific, position, affiliation. All people are invented."""

from __future__ import annotations

import pytest

from extractor.readers import read_text
from extractor.stages.clean import clean
from extractor.stages.fields import find_fields
from extractor.stages.names import find_names
from tests.stages.names import people, prose


def said(text: str, language: str = "en") -> list[tuple[str | None, str, str | None, str | None]]:
    return [
        (m.honorific, m.name, m.position, m.affiliation.text if m.affiliation else None) for m in people(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # honorifics, and names from everywhere
        ("Mr Osei Boateng-Clarke spoke.", ("Mr", "Osei Boateng-Clarke", None, None)),
        ("H.E. Ambassador Lin Mei-hua spoke.", ("Ambassador", "Lin Mei-hua", None, None)),
        ("Prof. J.P. Fernandes replied.", ("Prof", "J.P. Fernandes", None, None)),
        ("Ms. Fatima El Idrissi replied.", ("Ms", "Fatima El Idrissi", None, None)),
        ("Dr Abd al-Rahman ibn Yusuf replied.", ("Dr", "Abd al-Rahman ibn Yusuf", None, None)),
        ("Mrs Teresa Fontcuberta i Mas replied.", ("Mrs", "Teresa Fontcuberta i Mas", None, None)),
        ("Mr Desmond St. Hilaire replied.", ("Mr", "Desmond St. Hilaire", None, None)),
        ("Mr. M. A. Khan-Roy replied.", ("Mr", "M. A. Khan-Roy", None, None)),
        ("Amb. Ruth Mwita (Kenya) replied.", ("Amb", "Ruth Mwita", None, "Kenya")),
        ("Mr Gyorgiev replied.", ("Mr", "Gyorgiev", None, None)),
        # the position behind the name
        (
            "Nomsa Dlamini, Director of the Coast Agency, replied.",
            (None, "Nomsa Dlamini", "Director", "Coast Agency"),
        ),
        (
            "Mr Ilir Hoxha, Chief of Mission for IOM Kenya, replied.",
            ("Mr", "Ilir Hoxha", "Chief of Mission", "IOM Kenya"),
        ),
        (
            "said Ana Ruiz Peña, Director-general of the International Labour Organization (ILO) and Chair"
            " of the Network.",
            (None, "Ana Ruiz Peña", "Director-general", "International Labour Organization"),
        ),
        (
            "Ms Lea Sorg, UN Resident Coordinator in Kenya stressed",
            ("Ms", "Lea Sorg", "UN Resident Coordinator", "Kenya"),
        ),
        ("Ada Obi, UN Women Executive Director, left.", (None, "Ada Obi", "Executive Director", "UN Women")),
        ("Ada Obi, Brightsail CEO, left.", (None, "Ada Obi", "CEO", "Brightsail")),
        ("Ada Obi, equal pay activist; others left.", (None, "Ada Obi", "equal pay activist", None)),
        (
            "Ada Obi, Permanent Representative of Kenya to the UN, left.",
            (None, "Ada Obi", "Permanent Representative of Kenya to the UN", "Kenya"),
        ),
        (
            "Mr Ola Berg, the Director Immigration, at the Coast Agency, left.",
            ("Mr", "Ola Berg", "Director Immigration", "Coast Agency"),
        ),
        (
            "Dr Kofi Adjei, Head of the Migration Department, Ministry of Interior, left.",
            ("Dr", "Kofi Adjei", "Head of the Migration Department", "Ministry of Interior"),
        ),
        # the part of a body that is headed, and the whole
        (
            "Ada Obi, Head of the Policy Unit of the Coast Agency, left.",
            (None, "Ada Obi", "Head of the Policy Unit", "Coast Agency"),
        ),
        ("Ada Obi, analyst of the Coast Agency, left.", (None, "Ada Obi", "analyst", "Coast Agency")),
        (
            "Ada Obi, Dean of the Faculty of Law, University of Turku, left.",
            (None, "Ada Obi", "Dean", "Faculty of Law, University of Turku"),
        ),
        # around brackets
        ("Ada Obi (ILO), Senior Officer for Data, left.", (None, "Ada Obi", "Senior Officer for Data", "ILO")),
        ("Mrs Ada Obi (Coast Agency, Chief Inspector)", ("Mrs", "Ada Obi", "Chief Inspector", "Coast Agency")),
        # what somebody was, leads, speaks for
        (
            "said Ada Obi, who was Commissioner of Labour at the time.",
            (None, "Ada Obi", "Commissioner of Labour", None),
        ),
        ("Ada Obi, who looks after nets at the Coast Agency, left.", (None, "Ada Obi", None, "Coast Agency")),
        ("Ms Ada Obi on behalf of the Coast Agency", ("Ms", "Ada Obi", None, "Coast Agency")),
        (
            "The Coast Agency was represented by its treasurer, Ms Ada Obi.",
            ("Ms", "Ada Obi", "treasurer", "Coast Agency"),
        ),
        ("Write to Ada Obi at ada@coast.example before noon.", (None, "Ada Obi", None, None)),
        ("Ada Obi of Lawyers for Open Harbours left.", (None, "Ada Obi", None, "Lawyers for Open Harbours")),
        # the position before it
        (
            "The Coast Agency wrote it. It was “short”, said its president, Ada Obi.",
            (None, "Ada Obi", "president", "Coast Agency"),
        ),
        ("IOM's Chief of Mission in Guyana, Ada Obi, left.", (None, "Ada Obi", "Chief of Mission", "IOM")),
        ("Minister of Trade the Hon. Ada Obi left.", ("Hon", "Ada Obi", "Minister of Trade", None)),
        (
            "The Minister of Labour, Health and Social Security, Ms Ada Obi, left.",
            ("Ms", "Ada Obi", "Minister of Labour, Health and Social Security", None),
        ),
        (
            "The Chief of Mission of IOM Kenya Mr Ilir Hoxha left.",
            ("Mr", "Ilir Hoxha", "Chief of Mission", "IOM Kenya"),
        ),
        ("Prime Minister Ada Obi left.", (None, "Ada Obi", "Prime Minister", None)),
        ("UNFPA Representative Ada Obi left.", (None, "Ada Obi", "Representative", "UNFPA")),
        ("The Minister of Labour, Ada Obi, left.", (None, "Ada Obi", "Minister of Labour", None)),
        # bodies of people
        ("Ada Obi of the Coast Agency left.", (None, "Ada Obi", None, "Coast Agency")),
        ("UN-Habitat's Ada Obi left.", (None, "Ada Obi", None, "UN-Habitat")),
        ("representatives of the Coast Agency Ms Ada Obi left.", ("Ms", "Ada Obi", None, "Coast Agency")),
        ("Guests were Ada Obi (UNHCR).", (None, "Ada Obi", None, "UNHCR")),
        # what shows that a name is a person's
        ("“Never again”, said Ada Obi-Nwosu.", (None, "Ada Obi-Nwosu", None, None)),
        ("Ada Obi-Nwosu, who mends boats, left.", (None, "Ada Obi-Nwosu", None, None)),
        ("Moderator: Ada Obi", (None, "Ada Obi", None, None)),
    ],
)
def test_english(text: str, expected: tuple[str | None, ...]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "a déclaré Awa NDIAYE, Cheffe des Programmes et Partenariats de l’Organisation internationale pour"
            " les migrations (OIM).",
            "fr",
            (None, "Awa NDIAYE", "Cheffe des Programmes et Partenariats",
             "Organisation internationale pour les migrations"),
        ),
        ("Mme Awa Ndiaye, directrice générale de l’OIM, répond.", "fr",
         ("Mme", "Awa Ndiaye", "directrice générale", "OIM")),
        ("Selon Jean Petit, chef de la division Migration, environnement et climat à l’OIM, oui.", "fr",
         (None, "Jean Petit", "chef de la division Migration, environnement et climat", "OIM")),
        ("Así habló Rosa Ibáñez, presidenta del Consejo Nacional del Mar, ayer.", "es",
         (None, "Rosa Ibáñez", "presidenta", "Consejo Nacional del Mar")),
        ("Cerró el ministro de Ambiente, Tomás Gil Vera, la jornada.", "es",
         (None, "Tomás Gil Vera", "ministro de Ambiente", None)),
        ("Habló la Sra. Gabriela Rodas, Coordinadora de Proyectos de la OIM.", "es",
         ("Sra", "Gabriela Rodas", "Coordinadora de Proyectos", "OIM")),
        ("Vino el Excmo. Sr. D. Juan Rey Paz, Ministro de Trabajo, Salud y Migraciones.", "es",
         ("D.", "Juan Rey Paz", "Ministro de Trabajo, Salud y Migraciones", None)),
        ("Dice Eva Sol, directora ejecutiva adjunta de la Fundación Casa Azul.", "es",
         (None, "Eva Sol", "directora ejecutiva adjunta", "Fundación Casa Azul")),
        ("Vino doña Eusebia Cusi Huanca.", "es", ("Doña", "Eusebia Cusi Huanca", None, None)),
        ("Dice la consultora regional en empleo de ONU Mujeres para África Occidental, Eva Sol.", "es",
         (None, "Eva Sol", "consultora regional en empleo", "ONU Mujeres")),
    ],
)  # fmt: skip
def test_french_and_spanish(text: str, language: str, expected: tuple[str | None, ...]) -> None:
    assert said(text, language) == [expected]


def test_agendas_and_lists() -> None:
    text = (
        "9.00 – 9.10 | Greeting Prof. Edda Falk, Dean of the Faculty of Law |\n"
        "9.10 – 9.30 | New boats on old rivers Omar Sy, Senior Analyst – Team Leader, Coast Data Unit, UNHCR |\n"
        "9.30 – 9.40 | Ilse Kohl, Council of Europe (online) |\n"
        "• Kim Lund, Charter columnist, The Harbour Post"
    )
    assert said(text) == [
        ("Prof", "Edda Falk", "Dean", "Faculty of Law"),
        (None, "Omar Sy", "Senior Analyst – Team Leader", "Coast Data Unit, UNHCR"),
        (None, "Ilse Kohl", None, "Council of Europe"),
        (None, "Kim Lund", "Charter columnist", "The Harbour Post"),
    ]


def test_a_name_on_its_own_line_and_its_position_on_the_next() -> None:
    assert said("Omar Sy\nHead of Section, Coast Agency\nIlse Kohl\nPhotographer") == [
        (None, "Omar Sy", "Head of Section", "Coast Agency"),
        (None, "Ilse Kohl", "Photographer", None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Omar Sy\nHead of Section\nCoast Agency", ("Omar Sy", "Head of Section", "Coast Agency")),
        ("Mr Omar Sy\nHead of Section\nCoast Agency (Kenya)", ("Omar Sy", "Head of Section", "Coast Agency")),
        ("Omar Sy\nHead of Section – Coast Agency", ("Omar Sy", "Head of Section", "Coast Agency")),
        ("Omar Sy\nIndependent consultant", ("Omar Sy", "Independent consultant", None)),
        ("Omar Sy\nnight watch and secretary", ("Omar Sy", "night watch and secretary", None)),
        ("Mr Omar Sy\nCoast Agency", ("Omar Sy", None, "Coast Agency")),
    ],
)
def test_cards_of_two_and_three_lines(text: str, expected: tuple[str | None, ...]) -> None:
    assert [found[1:] for found in said(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        # bodies that only their place behind a position shows
        ("Ms Ada Obi, policy officer at Fjordtid, left.", "en", ("policy officer", "Fjordtid")),
        ("Ms Ada Obi, Deputy Director of the RMDC, left.", "en", ("Deputy Director", "RMDC")),
        ("Ms Ada Obi, Head of the Coast Agency's Return Unit, left.", "en", ("Head", "Return Unit")),
        ("Ms Ada Obi, Kenya Country Director of the Coast Agency, left.", "en", ("Country Director", "Coast Agency")),
        ("Mme Awa Sène, journaliste à Sahel-Matin, répond.", "fr", ("journaliste", "Sahel-Matin")),
        ("Mme Awa Sène, fondatrice de l'entreprise Bois Clair, répond.", "fr", ("fondatrice", "entreprise Bois Clair")),
        ("Mme Awa Sène, porte-parole du Collectif, répond.", "fr", ("porte-parole", "Collectif")),
        ("Mme Awa Sène, juge au tribunal de première instance de Thiès, répond.", "fr",
         ("juge", "tribunal de première instance de Thiès")),
        ("Mme Awa Sène, couturière à Thiès, répond.", "fr", ("couturière", None)),
        ("La Sra. Eva Sol, presidenta de la asociación Puentes que Unen.", "es",
         ("presidenta", "asociación Puentes que Unen")),
        # trades that no list has, and any noun that leads to a body
        ("said Ada Obi-Nwosu, a retired hairdresser from Lublin.", "en", ("retired hairdresser", None)),
        ("Mr Ola Berg (choreographer) left.", "en", ("choreographer", None)),
        ("Mr Ola Berg, lamplighter of the Coast Agency, left.", "en", ("lamplighter", "Coast Agency")),
        ("La Sra. Eva Sol, costurera boliviana, habló.", "es", ("costurera boliviana", None)),
        # countries
        ("Hon. Ada Obi, Minister for Ports, Fiji, left.", "en", ("Minister for Ports", "Fiji")),
        ("Ms Ada Obi, Permanent Representative to the UN, Fiji, left.", "en",
         ("Permanent Representative to the UN", "Fiji")),
        # brackets
        ("Ms Ada Obi (Orange Bridge, Kenya) left.", "en", (None, "Orange Bridge")),
        ("Ms Ada Obi (Directrice, Alta Remit) left.", "en", ("Directrice", "Alta Remit")),
        ("Kenya (Ms Ada Obi) spoke first.", "en", (None, "Kenya")),
        ("The session was opened by trade attaché Ms Ada Obi (Coast Agency).", "en", ("trade attaché", "Coast Agency")),
        # its, who, for
        ("The Coast Agency (CA) sent its deputy director, Ms Ada Obi.", "en", ("deputy director", "Coast Agency")),
        ("Ms Ada Obi, who heads the Coast Agency, left.", "en", (None, "Coast Agency")),
        ("Ms Ada Obi, for the Coast Agency, left.", "en", (None, "Coast Agency")),
        ("Por el Servicio del Puerto habló Ada Obi, coordinadora regional.", "es",
         ("coordinadora regional", "Servicio del Puerto")),
        ("Por el Servicio del Puerto asistió su subdirector, Econ. Ola Berg.", "es",
         ("subdirector", "Servicio del Puerto")),
        ("Speaking for the Coast Agency, Ms Ada Obi asked for lamps.", "en", (None, "Coast Agency")),
        ("The nets were mended by the Coast Agency, and Ms Ada Obi asked for lamps.", "en", (None, None)),
        ("Mme Awa Sène, ministre du Travail, de l'Emploi et de la Formation, répond.", "fr",
         ("ministre du Travail, de l'Emploi et de la Formation", None)),
        # "is", and a full stop in place of a comma
        ("Ada Obi is now head of research at the Coast Agency.", "en", ("head of research", "Coast Agency")),
        ("Ada Obi est directrice de l'Agence du Delta.", "fr", ("directrice", "Agence du Delta")),
        ("Ada Obi. Jefa de la Oficina del Puerto", "es", ("Jefa", "Oficina del Puerto")),
        # bodies that only the position shows
        ("Ms Ada Obi, chairperson of the Tidal Borderland Forum, left.", "en",
         ("chairperson", "Tidal Borderland Forum")),
        ("Ms Ada Obi, partner at the law firm Kaya Lund, left.", "en", ("partner", "Kaya Lund")),
        ("Ms Ada Obi, head of the planning of nets, left.", "en", ("head of the planning of nets", None)),
        # the position behind the name says more than the one before it
        ("Parle l'infirmière Awa Sène, chef au Conseil du Delta.", "fr", ("chef", "Conseil du Delta")),
    ],
)  # fmt: skip
def test_positions_and_bodies(text: str, language: str, expected: tuple[str | None, ...]) -> None:
    assert [found[2:] for found in said(text, language)] == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ms Ada Obi, working with the Coast Agency, came late.", "en"),
        ("Ms Ada Obi, together with the Coast Agency, came late.", "en"),
        ("Ms Ada Obi, however, came late.", "en"),
        ("Ms Ada Obi (left) and Mr Ola Berg (Online) came late.", "en"),
        ("Ms Ada Obi (not her real name) came late.", "en"),
        ("M. Paul Roy, arrivé de l'OIM, a voté.", "fr"),
        ("Mme Awa Sène, hier encore malade, a voté.", "fr"),
    ],
)
def test_what_is_no_position(text: str, language: str) -> None:
    assert {found[2:] for found in said(text, language)} == {(None, None)}


def test_lists_of_people() -> None:
    found = said("Testimonies: Ada Obi, Kim Lund, Rubén Gil Soto")
    assert [name for _, name, _, _ in found] == ["Ada Obi", "Kim Lund", "Rubén Gil Soto"]


def test_two_people_with_one_position() -> None:
    assert said("John Obi-Cole and Ana Sol-Vega, co-chairs of the Coast Agency, spoke.") == [
        (None, "John Obi-Cole", "co-chairs", "Coast Agency"),
        (None, "Ana Sol-Vega", "co-chairs", "Coast Agency"),
    ]
    assert said("The co-chairs, Mr Obi-Cole (UNHCR) and Ms Ana Sol (Casa Puente), spoke.") == [
        ("Mr", "Obi-Cole", "co-chairs", "UNHCR"),
        ("Ms", "Ana Sol", "co-chairs", "Casa Puente"),
    ]


def test_names_that_are_titles_or_degrees_elsewhere() -> None:
    found = said("Mr Don Flynn-Roe, Mr Obi Mba and Ms Md Alam, PhD, left.")
    assert [name for _, name, _, _ in found] == ["Don Flynn-Roe", "Obi Mba", "Md Alam"]


def test_lines_that_were_run_together() -> None:
    assert said("Speakers included Mr Rashad IsmayilHead of Department at the Coast Agency") == [
        ("Mr", "Rashad Ismayil", "Head of Department", "Coast Agency")
    ]


def test_a_label_that_is_a_position() -> None:
    labels = ("Project manager", "Moderator", "Author")
    names = ("Omar Sy-Lund", "Ada Obi-Nwosu", "Eva Sol-Berg")
    lines = [f"{label}: {name}" for label, name in zip(labels, names, strict=True)]
    document = clean(read_text("\n".join(["Nets and lamps", "", "Status: open", *lines, "Budget: 4,000 euros"])))
    found = find_names(document, find_fields(document), ())
    assert [(p.name, p.position) for p in found.people] == [(names[0], labels[0]), (names[1], None)]


def test_roles_of_people() -> None:
    found = people("Moderator: Ada Obi\n“Never again”, said Omar Sy-Ndour.\nMr Ola Berg left.")
    assert [(m.name, m.role) for m in found] == [
        ("Ada Obi", "moderator"),
        ("Omar Sy-Ndour", "speaker"),
        ("Ola Berg", "mentioned"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Labour, Director of ports, and the Coast Agency met.",
        "Port Louis, Addis Ababa and Buenos Aires, capital cities",
        "Closing Remarks, Coffee Break and Panel Discussion",
        "Safe Migration Pathways, Director’s cut",
        "Photo: UNHCR/Ada Obi",
        "On Monday March Hares, who are late, ran.",
        "the Minister of Labour and the Chief of Staff",
        "Monday, 4 May, Chair Room 7",
        "Open Doors, a shelter in Leeds, will be there.",
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert people(text) == []


def test_offsets_are_exact() -> None:
    text = "Mr Ilir Hoxha, Chief of Mission for IOM Kenya, and Ms Ada Obi (UNHCR) left."
    found = people(text)
    assert len(found) == 2
    assert [prose(text).text[m.span.start : m.span.end] for m in found] == ["Ilir Hoxha", "Ada Obi"]
