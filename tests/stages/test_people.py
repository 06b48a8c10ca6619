"""People: text → name, honorific, position, affiliation. All people are invented."""

from __future__ import annotations

import pytest

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
            (None, "Ana Ruiz Peña", "Director-general", "International Organization for Migration"),
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
            ("Dr", "Kofi Adjei", "Head", "Migration Department, Ministry of Interior"),
        ),
        # the position before it
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
        ("Dice la consultora regional en empleo de la Red de Alcaldes para los Andes, Eva Sol.", "es",
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


def test_lists_of_people() -> None:
    found = said("Testimonies: Ada Obi, Kim Lund, Rubén Gil Soto")
    assert [name for _, name, _, _ in found] == ["Ada Obi", "Kim Lund", "Rubén Gil Soto"]


def test_two_people_with_one_position() -> None:
    found = said("John Obi-Cole and Ana Sol-Vega, co-chairs of the Coast Agency, spoke.")
    assert [name for _, name, _, _ in found] == ["John Obi-Cole", "Ana Sol-Vega"]


def test_lines_that_were_run_together() -> None:
    assert said("Speakers included Mr Rashad IsmayilHead of Department at the Coast Agency") == [
        ("Mr", "Rashad Ismayil", "Head of Department", "Coast Agency")
    ]


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
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert people(text) == []


def test_offsets_are_exact() -> None:
    text = "Mr Ilir Hoxha, Chief of Mission for IOM Kenya, and Ms Ada Obi (UNHCR) left."
    found = people(text)
    assert len(found) == 2
    assert [prose(text).text[m.span.start : m.span.end] for m in found] == ["Ilir Hoxha", "Ada Obi"]
