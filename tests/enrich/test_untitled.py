"""What stands for the title of a posting that came without one, and what is read of such a posting?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.enrich.answer import answer, fact_rows, version_row
from jobtide.enrich.batch import read
from jobtide.enrich.settle import places, settle
from jobtide.enrich.untitled import jobs, titles
from jobtide.model import Window

ONE_PARAGRAPH = "ACME | ML Engineer | Berlin or REMOTE (EU) | EUR 80-110k | full-time, VISA"
# (text, role, seniority, places, work mode, employment), each after the form of advertisements on monthly threads.
ADVERTISEMENTS = [
    (ONE_PARAGRAPH, "ml_engineer", "unstated", ["DE//Berlin"], "remote", "full_time"),
    (
        "Hollow Reed (YC W15) - Portland, OR - Senior Data Scientist - Full Time, ONSITE\n\nWe sell reeds.",
        "data_scientist", "senior", ["US/OR/Portland"], "onsite", "full_time",
    ),
    (
        "Marrow Labs | Oslo, Norway | ONSITE\n\nWe grow kelp.\n\nSenior Machine Learning Engineer\n\nYou train models.",
        "ml_engineer", "senior", ["NO//Oslo"], "onsite", "unstated",
    ),
    (
        "Tin Lantern is looking for a research engineer in Leeds, UK. We light rooms.",
        "research_engineer", "unstated", ["GB//Leeds"], "unstated", "unstated",
    ),
    (
        "Quiet Reef | San Francisco's Mission District | Data Scientists and Front End Engineers | Full-time, INTERNS",
        "data_scientist", "unstated", ["US/CA/San Francisco"], "unstated", "full_time",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", ADVERTISEMENTS, ids=lambda case: case[0][:12])
def test_an_advertisement_without_a_title_is_read_by_its_first_lines(case: tuple[object, ...]) -> None:
    text, *expected = case
    facts = fact_rows(read(version_row({"text": text})))
    one = settle(facts)
    where = ["/".join(part or "" for part in place) for place in places(f for f in facts if f["kind"] == "place")]
    assert [one.role, one.seniority, where, one.work_mode, one.employment] == expected


def test_its_pay_is_read_too() -> None:
    one = settle(fact_rows(read(version_row({"text": ONE_PARAGRAPH}))))
    assert (one.pay_low, one.pay_high, one.pay_currency) == (80000, 110000, "EUR")


def test_every_quote_is_a_stretch_of_the_text() -> None:
    reading = read(version_row({"text": ONE_PARAGRAPH}))
    for fact in fact_rows(reading):
        assert fact["field"] == "text"
        assert ONE_PARAGRAPH[fact["start"] : fact["end"]] == fact["words"]


def test_a_title_needs_no_stand_in() -> None:
    facts = fact_rows(read(version_row({"title": "Nurse", "text": ONE_PARAGRAPH})))
    assert settle(facts).role == "other"


def test_the_employers_own_story_is_no_title() -> None:
    text = (
        "We are a company of forty engineers and designers who have built lighthouses and buoys for thirty years now."
    )
    assert settle(fact_rows(read(version_row({"text": text})))).role == "other"


SEVERAL = [
    (
        "Kelp & Co | Bergen | ONSITE\n\nHiring:\n- Senior Data Engineer (tides)\n- Visual Designer\n- Front-end Dev",
        ["data_engineer", "other_technical", "software_engineer"],
    ),
    ("Reed Labs | ML Engineer, Data Scientist | Oslo\nWe count reeds.", ["ml_engineer", "data_scientist"]),
    ("Tern | Turku\n\nWe grow.\nPositions: data analysts and iOS developers.", ["data_analyst", "software_engineer"]),
    (
        "Gull Ltd | Cork | Data Analyst\n\nRequirements\n- Experience as a data engineer\n- You know designers",
        ["data_analyst"],
    ),
]


@pytest.mark.parametrize("case", SEVERAL, ids=lambda case: case[0][:8])
def test_each_of_several_jobs_is_read_the_first_as_the_postings_own(case: tuple[str, list[str]]) -> None:
    text, roles = case
    facts = fact_rows(read(version_row({"text": text})))
    assert [f["concept"] for f in sorted(facts, key=lambda f: -f["confidence"]) if f["kind"] == "role"] == roles
    assert settle(facts).role == roles[0]
    assert [role["value"] for role in answer({"text": text})["roles"]] == roles


# (text, role, seniority): whose job counts where the first lines do not say it plainly.
FIRST = [
    (
        "Tern | Turku | ONSITE\n\nWe grow.\n- Head of Product\n- Full stack engineers",
        "software_engineer", "unstated",
    ),
    (
        "Tern | Turku | Visa\n\nSr. iOS Developer - Turku, Finland: https://jobs.example.com/6a008573-59b0-41a2-b74e-d9ab\n"
        "Data Engineer - Turku: https://jobs.example.com/9e785200-683d-491b-803f-4c11",
        "software_engineer", "senior",
    ),
    (
        "Tern Labs | Turku\n\nDESIGNER: You draw boats, and the site that sells them, on paper and in the browser.",
        "other_technical", "unstated",
    ),
    (
        "Tern invites applications for a Software Engineer/Lead in a group on Computer Vision. You know buoys.",
        "computer_vision_engineer", "lead",
    ),
    (
        "Tern. Ruby on Rails developers in Turku, Finland and Oslo, Norway (remote is fine for those who know tides)",
        "software_engineer", "unstated",
    ),
    ("Tern, Turku, Finland (Harbour), Oslo, Norway (Quay), Cork (Pier), Leeds, UK: "
        "FULL TIME Data Scientists, SRE, or UI Designers ONSITE",
     "data_scientist", "unstated"),
    (
        "Tern | Turku | Backend Developers/Data Scientist | Onsite",
        "software_engineer", "unstated",
    ),
    (
        "Tern is hiring web, iOS, electrical and firmware engineers.",
        "software_engineer", "unstated",
    ),
    (
        "Tern is looking for firmware, web and iOS engineers.",
        "other_technical", "unstated",
    ),
    (
        "Tern - Turku, Finland - Linux System Administrator",
        "other_technical", "unstated",
    ),
    (
        "Tern | Turku\nLooking for a DevOps person who keeps the lights on",
        "other_technical", "unstated",
    ),
    (
        "Tern Security | Turku, Finland\n\nHelp us write the software that guards boats: much Python, some Rust.",
        "software_engineer", "unstated",
    ),
    (
        "Tern Medical Systems - Turku\n\nHelp us: much JavaScript in the browser, an API, and code that sails.",
        "software_engineer", "unstated",
    ),
    (
        "Tern | Turku | Account Executive\n\nYou sell our software, its API and its web pages to harbours.",
        "other", "unstated",
    ),
    (
        "Tern - Turku (Full-Time, Intern, Visa): Software Engineering",
        "software_engineer", "unstated",
    ),
    (
        "Tern | Turku | Onsite\n\nWe grow.\n"
        "* Front End Engineer (Kelp, Foam, Spray, Brine or Salt) for all levels\n* Data Engineer",
        "software_engineer", "unstated",
    ),
    (
        "Tern | Turku\n\nWe chart.\n* Machine learning engineers, with experience on the sea.\n* Web devs who draw.",
        "ml_engineer", "unstated",
    ),
    (
        "Tern | Turku\n* The Helm: Lead Backend Engineer\n* The Mast: Data Scientist",
        "software_engineer", "lead",
    ),
    (
        "Tern - Turku - Frontend or Backend or Infrastructure Engineer, Data Scientist (full time)",
        "software_engineer", "unstated",
    ),
    (
        "Tern - Turku - Senior Software Engineer or Data Scientist - 3 berths",
        "software_engineer", "senior",
    ),
    (
        "Tern - Turku - Onsite - Full-time. Tern sells fish. Current openings in Turku - Automation QA Engineer.",
        "other_technical", "unstated",
    ),
    (
        "https://jobs.example.com/tern\nAs our Marketing Lead, you will speak to the developers of tide tables.",
        "other", "lead",
    ),
    (
        "Tern | Turku\n\nFish sell. Apps count them, and we would add one or two engineers who like that.",
        "software_engineer", "unstated",
    ),
    (
        "Tern Engineering Institute | Turku | Data Scientist",
        "data_scientist", "unstated",
    ),
    (
        "Tern Trading | Turku\nRoles: Java developer || Map specialist || RF engineer",
        "software_engineer", "unstated",
    ),
    (
        "Tern | Turku | Growth Marketer\n\nYou write of our software.",
        "other", "unstated",
    ),
    (
        "Tern | Turku\n\nWe are engineers, and our designers fish. Our software is sold in harbours; come and help.",
        "software_engineer", "unstated",
    ),
    (
        "Tern (Turku) - Charts that become a habit\n\n* Learn from designers, pilots and engineers\n\nWe hire\n\n"
        "* Backend Engineer (Junior/Senior)",
        "software_engineer", "entry",
    ),
    (
        "Tern | Turku\n\nWe hire tide-minded developers including embedded firmware and the web.",
        "software_engineer", "unstated",
    ),
    (
        "Tern | Turku, World | Data Engineer / ONSITE / INTERNS / REMOTE",
        "data_engineer", "unstated",
    ),
    (
        "Tern | Turku\n\nYou will hear from our VP of engineering. We are looking for a data engineer.",
        "data_engineer", "unstated",
    ),
    (
        "Tern | Turku | Python/Erlang/DevOps | All levels",
        "software_engineer", "unstated",
    ),
    (
        "Tern | Turku\n\nWe are searching to find: Senior Software Engineer(s), Director of Harbours, and more!",
        "software_engineer", "senior",
    ),
    (
        "Tern | Turku\n\nNo recruiters or agencies, please.\nWe like the sea.",
        "other", "unstated",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", FIRST, ids=lambda case: case[0][:40])
def test_of_several_lines_the_first_that_names_a_maker_gives_role_and_level(case: tuple[str, str, str]) -> None:
    text, role, seniority = case
    one = settle(fact_rows(read(version_row({"text": text}))))
    assert (one.role, one.seniority) == (role, seniority)


def test_a_title_that_names_no_job_and_repeats_the_first_line_lets_the_text_name_it() -> None:
    text = "Kelp & Co | Bergen | Full-time\n\nWe are looking for a senior data engineer who likes tides."
    one = settle(fact_rows(read(version_row({"title": "Kelp & Co | Bergen", "text": text}))))
    assert (one.role, one.seniority) == ("data_engineer", "senior")
    one = settle(fact_rows(read(version_row({"title": "Kelp Trader", "text": text}))))
    assert (one.role, one.seniority) == ("other", "unstated")


def test_a_title_names_several_roles_only_with_several_nouns() -> None:
    for title, roles in (
        ("Data Scientist / ML Engineer", ["data_scientist", "ml_engineer"]),
        ("Software Engineer, Search and Ranking", ["ml_engineer"]),
        ("Research Engineer and Data Engineer", ["research_engineer", "data_engineer"]),
    ):
        facts = fact_rows(read(version_row({"title": title, "text": "We chart tides."})))
        assert [f["concept"] for f in facts if f["kind"] == "role"][: len(roles) + 1] == roles, title


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=320), max_size=4))
def test_windows_lie_inside_the_text(parts: list[str]) -> None:
    data = b""
    blocks = []
    for part in parts:
        start = len(data)
        data += part.encode("utf-8", "replace")
        blocks.append(Window(start, len(data), "other"))
        data += b"\n"
    for window in (*titles(data, blocks), *jobs(data, blocks)):
        assert 0 <= window.start <= window.end <= len(data)
        assert window.section == "title"


# (text, places, work mode): where the head of an advertisement, or at last its story, says where the job is.
WHERE = [
    (
        "Fenlight\n\nReno, NV | Conway, AR | Pensacola, FL | Remote\n\nWe light fens.",
        ["US/NV/Reno", "US/AR/Conway", "US/FL/Pensacola"], "remote",
    ),
    (
        "We grow so fast!\n\nFenlight | Toronto, Ontario, Canada | 9 openings.\n\n- iOS Developer",
        ["CA/ON/Toronto"], "unstated",
    ),
    (
        "Fenlight (fenlight.example) in Downtown Palo Alto - Full Time On Site\n\nHiring divers.",
        ["US/CA/Palo Alto"], "onsite",
    ),
    ("Oslo Lanterns | Bergen, Norway | ML Engineer | On site | Full time", ["NO//Bergen"], "onsite"),
    ("Fenlight | NY | ML Engineer", ["US/NY/New York"], "unstated"),
    (
        "Fenlight wants divers\n\nOffices in: Reno, NV, USA and Conway, AR, USA\n\nML Engineer",
        ["US/NV/Reno", "US/AR/Conway"], "unstated",
    ),
    (
        "Fenlight | ML Engineer\n\nWe are a small start-up based in Oslo and Bergen, Norway. We light fens.",
        ["NO//Oslo", "NO//Bergen"], "unstated",
    ),
    (
        "Fenlight | Canada (Toronto, Ottawa, Waterloo) | ML Engineer",
        ["CA/ON/Toronto", "CA/ON/Ottawa", "CA/ON/Waterloo"], "unstated",
    ),
    ("Fenlight | Oslo, Lausanne, Shanghai | ML Engineer", ["NO//Oslo", "CH//Lausanne", "CN//Shanghai"], "unstated"),
    ("Fenlight | ML Engineer\n\nWe are a start-up in Reno, NV that lights fens.", ["US/NV/Reno"], "unstated"),
    ("Fenlight | ML Engineer\n\nWe light fens. Located in sunny Reno, NV.", ["US/NV/Reno"], "unstated"),
    ("Fenlight | Seattle and Saint Louis | ML Engineer | Onsite", ["US/WA/Seattle", "US/MO/St. Louis"], "onsite"),
    ("Fenlight - Conway, AR. Relocation required (no work from home).\n\nML Engineer", ["US/AR/Conway"], "onsite"),
    ("Fenlight\n\nTo be based in Edinburgh, Scotland.\n\nML Engineer wanted.", ["GB//Edinburgh"], "unstated"),
]  # fmt: skip


@pytest.mark.parametrize("case", WHERE, ids=lambda case: case[0][:24])
def test_the_head_of_an_advertisement_says_where_the_job_is(case: tuple[str, list[str], str]) -> None:
    text, expected, mode = case
    facts = fact_rows(read(version_row({"text": text})))
    assert [
        "/".join(part or "" for part in place) for place in places(f for f in facts if f["kind"] == "place")
    ] == expected
    assert settle(facts).work_mode == mode


def test_who_is_no_founder_is_no_executive() -> None:
    assert answer({"title": "Second Non-Founder Engineer", "text": ""})["seniority"]["value"] != "executive"


def test_a_seat_is_no_place_of_work_where_the_field_says_more_than_nothing() -> None:
    text = "We are a small start-up based in Oslo, Norway. We light fens."
    facts = fact_rows(read(version_row({"title": "ML Engineer", "location": "Remote", "text": text})))
    assert not [f for f in facts if f["kind"] == "place"]


@pytest.mark.parametrize(
    ("title", "quote"),
    [
        ("Machine Learning Engineer, Tides", "Machine Learning Engineer"),
        ("AI Engineer – Foam", "AI Engineer"),
        ("INGENIERO DE DATOS", "INGENIERO DE DATOS"),
    ],
)
def test_a_role_is_quoted_without_the_sign_behind_it(title: str, quote: str) -> None:
    assert answer({"title": title, "text": ""})["role"]["quote"] == quote
