"""One job in five cities is one vacancy; a template for another level, role or team is not."""

import itertools
from datetime import UTC, datetime, timedelta

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.link.signatures import signatures
from jobtide.link.vacancies import vacancies
from jobtide.model import Spec
from jobtide.tables import ELSEWHERE, MEMBER, SIGNATURE

SPEC = Spec("", "", "", "")
DAY = datetime(2025, 3, 1, tzinfo=UTC)
ABOUT = "Fernweh Mills grinds oats for bakeries in eleven valleys and has done so since the old bridge was built."
LEGAL = "We hire without regard to race, religion, gender, age, disability, veteran status or national origin."
PERKS = "Benefits\nA bicycle for every mill hand, warm lunches, thirty days of leave and a garden plot."
MILLER = """What you will do
Keep four stone mills running through the night and log the coarseness of each batch.
Plan the maintenance of belts, bearings and sieves together with the workshop.
Train two junior hands and write down what the next shift must know.
What you bring
Five years with rotating machines, steady hands and a good ear for a dry bearing.
You read a wiring diagram and have changed a gearbox yourself.
You like early mornings, flour in the air and short clear notes."""
BUYER = """What you will do
Buy oats and rye from ninety farms, agree on prices each autumn and visit every field once.
Watch moisture and protein figures and stop a delivery that does not meet them.
Forecast the stock of every silo with the planning desk.
What you bring
Three years of purchasing, a driving licence and patience with weather.
You calculate contribution margins without a template.
You enjoy long tables of figures and longer kitchen tables."""


def row(key, title="Miller", place="Bremen", role_text=MILLER, employer="fernwehmills", day=0, perks=0, **more):
    """One posting; the text is introduction, the job's own lines, perks (and so many more) and the legal clause."""
    text = "\n".join((ABOUT, role_text, PERKS, *(f"Loaf {n} for family {n * 7}." for n in range(perks)), LEGAL))
    at = DAY + timedelta(days=day)
    return {
        "posting": key, "version": key, "employer": employer, "title": title, "location": place, "department": "",
        "role": "", "seniority": "", "first_published_at": at, "last_published_at": None, "text": text,
    } | more  # fmt: skip


COLUMNS = pa.schema(
    [(name, pa.string()) for name in ("posting", "version", "employer", "title", "location", "department")]
    + [("role", pa.string()), ("seniority", pa.string())]
    + [(name, pa.timestamp("us", tz="UTC")) for name in ("first_published_at", "last_published_at")]
    + [("text", pa.string())]
)


def link(rows):
    """(vacancy by posting, members, elsewhere) of ``rows``."""
    table = pa.Table.from_pylist(rows, schema=COLUMNS)
    signed = pa.Table.from_batches([signatures(batch, SPEC) for batch in table.to_batches()], SIGNATURE)
    members, elsewhere = vacancies(table, signed)
    assert members.schema.equals(MEMBER)
    assert elsewhere.schema.equals(ELSEWHERE)
    return {m["posting"]: m["vacancy"] for m in members.to_pylist()}, members.to_pylist(), elsewhere.to_pylist()


def joined(*rows):
    """Whether all rows are one vacancy."""
    return len(set(link(list(rows))[0].values())) == 1


def test_one_job_in_five_cities_is_one_vacancy_named_by_its_earliest_member():
    cities = ["Bremen", "Kiel", "Ulm", "Trier", "Jena"]
    rows = [row(f"p{i}", f"Miller - {city}", city, day=9 - i) for i, city in enumerate(cities)]
    vacancy, members, _ = link(rows)
    assert set(vacancy.values()) == {"p4"}
    assert sorted(m["relation"] for m in members) == ["exact", "exact", "exact", "exact", "self"]


def test_a_city_named_in_the_text_is_no_difference():
    there = row("b", place="Kiel", role_text=MILLER.replace("four stone mills", "four stone mills in Kiel"))
    here = row("a", place="Bremen", role_text=MILLER.replace("four stone mills", "four stone mills in Bremen"))
    _, members, _ = link([here, there])
    assert [(m["vacancy"], m["relation"]) for m in members] == [("a", "self"), ("a", "near")]


def test_the_same_text_for_another_level_is_another_vacancy():
    for other in ("Senior Miller", "Lead Miller", "Miller II", "Head Miller", "Miller (Intern)", "Junior Miller"):
        assert not joined(row("a"), row("b", other)), other


def test_the_same_text_for_another_segment_or_team_is_another_vacancy():
    sell = "Account Executive, "
    assert not joined(row("a", sell + "Enterprise"), row("b", sell + "Mid-Market"))
    assert not joined(row("a", "Software Engineer, Payments"), row("b", "Software Engineer, Growth"))
    assert not joined(row("a", "Support (Night Shift)"), row("b", "Support (Day Shift)"))
    assert not joined(row("a", "Support, French speaking"), row("b", "Support, German speaking"))


def test_the_same_title_over_another_text_is_another_vacancy_even_at_the_same_place():
    assert not joined(row("a"), row("b", role_text=BUYER))


def test_boilerplate_alone_joins_nothing():
    # Three titles share introduction, perks and legal clause; their own lines differ.
    rows = [row("a"), row("b", "Buyer", role_text=BUYER), row("c", "Clerk", role_text=BUYER[:200])]
    assert len(set(link(rows)[0].values())) == 3


def test_other_years_side_by_side_are_two_levels_unless_nothing_else_differs():
    younger = MILLER.replace("Five years", "2 years")
    older = MILLER.replace("Five years", "7 years")
    assert joined(row("a", role_text=younger), row("b", "Miller ", "Kiel", role_text=older))
    rewritten = older.replace("Train two junior hands", "Lead a crew of nine people and plan their weeks")
    assert not joined(row("a", role_text=younger), row("b", role_text=rewritten))


def test_an_edited_benefits_section_does_not_split_a_job():
    perks = row("b", place="Kiel", day=1)
    perks["text"] = perks["text"].replace(PERKS, "Benefits\nA boat, cold lunches, forty days of leave and a lake.")
    assert joined(row("a"), perks)


def test_a_role_or_level_that_was_read_and_differs_forbids_a_merge():
    assert not joined(row("a", role="data_engineer"), row("b", role="ml_engineer"))
    assert not joined(row("a", seniority="senior"), row("b", seniority="mid"))
    assert joined(row("a", role="data_engineer", seniority="senior"), row("b", role="", seniority="unstated"))


def test_gender_marks_requisition_numbers_and_remote_do_not_distinguish():
    assert joined(row("a"), row("b", "Miller (m/f/d)"), row("c", "Miller (Remote) REQ-10442"), row("d", "MILLER"))


def test_a_translated_title_joins_if_side_by_side_the_text_is_the_very_same():
    assert joined(row("a", "Wassermüller", "Ulm"), row("b", "Moulineur", "Kiel"))
    assert joined(row("a", "Wassermüller", "Ulm"), row("b", "Moulineur", "Ulm"))
    edited = MILLER.replace("four stone mills", "six stone mills")
    assert joined(row("a", "Wassermüller", "Ulm"), row("b", "Moulineur", "Kiel", edited))
    assert not joined(row("a", "Wassermüller", "Ulm"), row("b", "Moulineur", "Ulm", edited))


def test_side_by_side_a_title_of_other_functions_names_the_same_job_only_over_the_very_same_text():
    def bread(key, title, text, **more):
        return row(key, title, role_text=text, **more)

    growth = bread("a", "Oat Bread Growth Miller", long_text())
    assert joined(growth, bread("b", "Oat Bread Support Miller", long_text()))
    assert not joined(growth, bread("b", "Oat Bread Support Miller", long_text(changed=1)))
    assert not joined(growth, bread("b", "Oat Bread Support Miller", long_text(), place="Kiel"))
    assert not joined(growth, bread("b", "Support Miller", long_text()))
    # Nothing but the employer's own words: two jobs may have them in common.
    assert not joined(bread("a", "Oat Bread Growth Miller", ""), bread("b", "Oat Bread Support Miller", ""))


def test_a_function_that_one_title_adds_is_no_other_job_where_the_job_s_own_lines_stay():
    one, other = row("a", "Miller", role_text=long_text()), row("b", "Technical Miller", role_text=long_text(), perks=9)
    edited = other | {"text": other["text"].replace(long_text(), long_text(changed=9))}
    assert joined(one, other | {"location": "Kiel"})
    assert not joined(one, other)  # side by side, other benefits tell of another job
    assert not joined(one, edited | {"location": "Kiel"})
    asks = [one | {"text": f"{one['text']}\nAsks for {years} years."} for years in ("2", "2 years or 7", "7")]
    there = [ask | {"posting": "b", "version": "b", "title": "Technical Miller", "location": "Kiel"} for ask in asks]
    assert joined(asks[0], there[1])
    assert not joined(asks[0], there[2])


def test_another_shift_side_by_side_is_another_vacancy():
    days = MILLER.replace("through the night", "from six to three")
    assert not joined(row("a"), row("b", role_text=days))
    assert joined(row("a"), row("b", place="Kiel", role_text=days))


def test_side_by_side_a_repost_keeps_the_job_s_own_lines():
    other = "\n".join((MILLER + "\n" + BUYER).split("\n")[:-3])
    edited = other.replace("ninety farms", "eighty farms")
    rewritten = other.replace(
        "Buy oats and rye from ninety farms, agree on prices each autumn and visit every field once.",
        "Sell flour to thirty shops, plan two lorries each morning and write every invoice at noon.",
    )
    assert joined(row("a", role_text=other), row("b", role_text=edited))
    assert not joined(row("a", role_text=other), row("b", role_text=rewritten))


def test_titles_that_differ_by_an_ending_find_each_other():
    perks = "Benefits\n" + " ".join(f"Day {n} has its own loaf, lake and lantern number {n * 7}." for n in range(12))
    elsewhere = row("b", "Miller (Weekend Contract)", "Kiel", day=1)
    elsewhere["text"] = elsewhere["text"].replace(PERKS, perks)
    assert joined(row("a", "Weekend Contractor Miller"), elsewhere)


def test_another_employer_with_the_same_text_is_elsewhere_never_merged():
    vacancy, _, elsewhere = link([row("a"), row("b", employer="staffhouse", day=1), row("c", place="Kiel", day=2)])
    assert vacancy == {"a": "a", "b": "b", "c": "a"}
    assert [(e["posting"], e["other"], e["similarity"]) for e in elsewhere] == [
        ("a", "b", 1.0), ("b", "a", 1.0), ("c", "b", 1.0)
    ]  # fmt: skip


def test_every_member_verifies_against_the_vacancy_itself_not_along_a_chain():
    # Each text changes one more line of eight; the last shares none of the changed lines with the first.
    lines = MILLER.split("\n")
    other = BUYER.split("\n")
    rows = [row(f"p{i}", role_text="\n".join(other[:i] + lines[i:]), day=i) for i in range(len(lines) + 1)]
    vacancy, _, _ = link(rows)
    assert vacancy["p1"] == "p0"
    assert vacancy["p8"] != "p0"


def test_an_edition_between_two_others_joins_them_while_they_are_kin():
    # Elsewhere half of the job's own lines may differ: the first and the last share less, the middle is both.
    places = zip(("Bremen", "Kiel", "Ulm"), (0, 6, 13), strict=True)
    first, middle, last = (row(place, "Miller", place, long_text(changed=n), day=n, perks=90) for place, n in places)
    assert joined(first, middle)
    assert joined(middle, last)
    assert not joined(first, last)
    assert joined(first, middle, last)
    # The order of publication does not matter either: what comes last may show two vacancies to be one.
    assert joined(first, middle | {"first_published_at": DAY + timedelta(days=99)}, last)


def test_a_chain_of_editions_ends_where_too_little_of_the_first_is_left():
    chain = [row(f"p{day}", "Miller", f"Town{day}", long_text(changed=6 * day), day=day) for day in range(7)]
    vacancy = link(chain)[0]
    assert vacancy["p1"] == "p0"
    assert vacancy["p6"] != "p0"
    here = [row(f"p{day}", role_text=long_text(changed=3 * day), day=day) for day in range(3)]
    assert link(here)[0] == {"p0": "p0", "p1": "p0", "p2": "p2"}


def long_text(*, changed=0, lines=40):
    """Forty different lines, the first ``changed`` of them for something else."""
    words = "Log the coarseness of batch {0} at bell {1} and hang the card on hook {2}"
    other = "Sell {0} sacks to bakery {1} and write the bill before noon on sheet {2}"
    return "\n".join((other if at < changed else words).format(at, at * 7 + 1, at * 3 + 2) for at in range(lines))


def test_no_vacancy_holds_two_roles_that_were_read_even_beside_one_that_was_not():
    rows = [row("a"), row("b", role="data_engineer", day=1), row("c", role="ml_engineer", day=2)]
    vacancy = link(rows)[0]
    assert vacancy == {"a": "a", "b": "a", "c": "c"}
    levels = [row("a"), row("b", seniority="mid", day=1), row("c", seniority="senior", day=2)]
    assert link(levels)[0]["c"] == "c"


def post(key, first, body, **more):
    """A free text: its title is its own first line."""
    return row(key, first, "", **more) | {"text": f"{first}\n\n{body}"}


OPENINGS = f"{ABOUT}\nWe are hiring:\nSieve Engineer\nFlour Scientist\n{MILLER}\n{PERKS}"


def test_next_month_s_edition_of_a_free_text_is_the_same_vacancy_whatever_its_first_line_says():
    first = post("a", "Fernweh Mills | Bremen | full time", OPENINGS)
    later = OPENINGS.replace("eleven valleys", "twelve valleys").replace("thirty days of leave", "five weeks off")
    assert joined(first, post("b", "Fernweh Mills (http://mills.example), on site in Bremen", later, day=30))
    assert joined(first, post("b", "Sieve Engineer, Flour Scientist, Oat Designer", f"{later}\nOat Designer", day=30))
    assert joined(first, post("b", "", later, day=30))


def test_an_edition_for_other_roles_or_another_level_is_another_vacancy():
    first = post("a", "Fernweh Mills | Bremen | full time", OPENINGS)
    roles = OPENINGS.replace("Sieve Engineer", "Oat Designer").replace("Flour Scientist", "Mill Accountant")
    assert not joined(first, post("b", "Fernweh Mills | Bremen | full time", roles, day=30))
    one = post("a", "Sieve Engineer | Bremen", MILLER)
    assert not joined(one, post("b", "Senior Sieve Engineer | Bremen", MILLER, day=30))
    assert not joined(one, post("b", "Belt Designer | Bremen", MILLER, day=30))
    assert not joined(one, post("b", "Sieve Engineer, Security | Bremen", MILLER.replace("four", "six"), day=30))
    interns = post("b", "Fernweh Mills | Bremen | interns", long_text(changed=12), day=30)
    assert not joined(post("a", "Fernweh Mills | Bremen", long_text()), interns)


def test_a_chain_of_editions_of_a_free_text_goes_on_while_two_tenths_of_the_first_are_left():
    chain = [post(f"p{n}", "Fernweh Mills | Bremen", long_text(changed=4 * n), day=30 * n) for n in range(10)]
    vacancy = link(chain)[0]
    assert vacancy["p6"] == "p0"
    assert vacancy["p9"] != "p0"
    assert not joined(chain[0], chain[5])


def listing(*names):
    return OPENINGS.replace("Sieve Engineer\nFlour Scientist", "\n".join(names))


def test_one_role_exchanged_beside_one_that_stays_is_an_edit_of_the_list():
    head = "Fernweh Mills | Bremen | full time"
    first = post("a", head, listing("Data Engineer", "Flour Scientist"))
    assert joined(first, post("b", head, listing("Data Engineer", "Oat Designer"), day=30))
    assert not joined(first, post("b", head, listing("Mobile Engineer", "Oat Designer"), day=30))


def test_the_fewer_of_its_roles_an_edition_keeps_the_more_of_its_words_it_must():
    def offers(key, *names, changed=0, **more):
        body = "\n".join((long_text(changed=changed), *(f"We need a {name}." for name in names)))
        return post(key, "Fernweh Mills | Bremen", body, **more)

    first = offers("a", "data engineer", "front end engineer")
    for names, most in ((("data engineer",), 16), (("data engineer", "oat designer"), 10)):
        assert joined(first, offers("b", *names, changed=most, day=90))
        assert not joined(first, offers("b", *names, changed=most + 4, day=90))
    assert not joined(first, offers("b", "oat designer", day=90))
    software = offers("b", "software engineer", changed=10, day=90)
    assert joined(offers("a", "mobile engineer"), software)
    assert not joined(offers("a", "mobile engineer"), software | {"text": software["text"].replace("software", "data")})
    assert joined(first, offers("b", changed=17, day=90))


def test_a_role_is_its_craft_however_it_is_spelt():
    for one, other in (
        ("front end and Ruby developers", "a senior frontend engineer; a Ruby dev"),
        ("full-stack developers", "Developer (fullstack)"),
        ("DevOps engineers", "dev ops engineer"),
        ("30 analysts", "analysts, some of them in Hamburg"),
    ):
        posts = (
            post(key, "Fernweh Mills", f"{long_text(changed=n)}\n{who}")
            for key, n, who in (("a", 0, one), ("b", 15, other))
        )
        assert joined(*posts)


def test_the_same_role_in_two_first_lines_asks_for_no_list_of_roles():
    for head, expected in (("Fernweh Mills | Data Engineer", True), ("Fernweh Mills | Bremen", False)):
        posts = (
            post(key, head, f"{long_text(changed=n)}\n{who}")
            for key, n, who in (("a", 0, "A data engineer."), ("b", 12, "An oat designer."))
        )
        assert joined(*posts) is expected


def test_interns_instead_of_the_only_role_are_another_vacancy():
    def seeks(key, head, who, **more):
        return post(key, f"Fernweh Mills | Bremen {head}", f"{long_text()}\nWe hire {who}.", **more)

    first = seeks("a", "", "data engineers")
    assert not joined(first, seeks("b", "| interns", "interns", day=30))
    assert joined(first, seeks("b", "| interns", "data engineers", day=30))


def test_a_function_that_a_first_line_adds_is_an_edit_where_two_thirds_of_the_text_stay():
    one = post("a", "Fernweh Mills | Sieve Engineer", long_text())
    for changed, expected in ((6, True), (10, False)):
        longer = post("b", "Fernweh Mills | Sieve Engineer, Sales", long_text(changed=changed), day=30)
        assert joined(one, longer) is expected


def test_a_single_role_in_one_of_two_first_lines_asks_for_more_of_the_text():
    for changed, expected in ((10, True), (14, False)):
        one, other = post("a", "Fernweh Mills", long_text()), post("b", "Fernweh Mills, Miller and Weaver", long_text())
        single = post("c", "Fernweh Mills: Data Engineer", long_text(changed=changed), day=30)
        assert joined(one, single) is expected
        assert joined(one, other)


def test_a_sentence_is_no_role_whatever_persons_it_mentions():
    sentence = "Fernweh Mills helps {} keep {} in the old valley and all towns below it since the bridge was built"
    one, other = (
        post(key, sentence.format(*words), long_text(), day=day)
        for key, words, day in (("a", ("bakers", "bread cheap for security"), 0), ("b", ("bakers", "payment fair"), 30))
    )
    assert joined(one, other)


def test_part_time_and_full_time_are_two_jobs_even_where_the_text_is_the_same_otherwise():
    def working(key, time, place):
        return row(key, place=place, role_text=f"Job type: {time}\n{MILLER}")

    assert not joined(working("a", "Full-time", "Bremen"), working("b", "Part-time", "Kiel"))
    assert joined(working("a", "Full-time", "Bremen"), working("b", "Full time", "Kiel"))
    assert joined(working("a", "Full-time", "Bremen"), working("b", "Full-time or part-time", "Kiel"))


def test_the_job_s_own_lines_under_other_benefits_are_a_repost():
    own = long_text(lines=60)
    one, other = row("a", role_text=own, perks=60), row("b", role_text=own, perks=0, day=30)
    assert joined(one, other)
    assert not joined(one, other | {"text": other["text"].replace(own, long_text(lines=60, changed=6))})


def test_a_heading_that_repeats_a_stated_title_makes_no_free_text():
    one, other = (
        row(key, "Sieve Engineer", role_text=long_text(changed=n)) | {"text": f"Sieve Engineer\n{long_text(changed=n)}"}
        for key, n in (("a", 0), ("b", 6))
    )
    assert not joined(one, other)
    assert joined(one | {"text": f"Fernweh Mills: {one['text']}"}, other | {"text": f"Fernweh Mills: {other['text']}"})


def test_a_licence_named_as_in_another_state_is_the_same_job_there():
    def therapist(key, title, place):
        return row(key, title, place, MILLER.replace("stone mills", f"rooms as a {title}"))

    here = therapist("a", "Therapist", "Utah")
    assert joined(here, therapist("b", "Licensed Clinical Mental Health Counselor (Remote Ohio)", "Ohio"))
    assert not joined(here, therapist("b", "Clinical Psychologist (Remote Ohio)", "Ohio"))


def test_a_translated_title_that_the_text_repeats_is_no_difference_side_by_side():
    one, other = (
        row(title, title, role_text=f"{long_text(lines=90)}\nApply as {title} today.")
        for title in ("Verfahrensmüller", "Prozesstechnologin")
    )
    assert joined(one, other)
    assert not joined(one, other | {"text": other["text"].replace(" at bell 8 and hang the card", " if you own a van")})


def test_a_text_that_also_says_it_in_a_second_language_is_the_same_job_elsewhere():
    french = "\n".join(
        f"Noter le grain du lot {at} au coup {at * 5} de la cloche et pendre la fiche." for at in range(14)
    )
    one = row("a", "Sieve Engineer", "Bern", long_text())
    both = row("b", "Ingénieur tamis", "Genf", f"{french}\n{long_text()}")
    assert joined(one, both)
    assert not joined(one, both | {"location": "Bern"})
    assert not joined(one, row("b", "Belt Engineer", "Genf", f"{french}\n{long_text()}"))
    assert not joined(one, row("b", "Ingénieur tamis", "Genf", f"{french}\n{long_text(changed=14)}"))


def test_a_copy_is_found_behind_any_number_of_sister_jobs_on_the_same_text():
    levels = itertools.product(("Senior", "Lead", "Staff", "Junior"), ("Intern", "Manager", "Director", "Fellow", "I"))
    sisters = [row(f"s{n:02}", f"{one} Miller {other}") for n, (one, other) in enumerate(levels)]
    vacancy, _, _ = link([*sisters, row("z1", place="Kiel", day=1), row("z2", place="Ulm", day=2)])
    assert vacancy["z1"] == vacancy["z2"] == "z1"


def test_texts_too_short_to_tell_join_nothing():
    assert not joined(row("a", text="See our site."), row("b", text="See our site."))
    assert not joined(row("a", text=""), row("b", text=""))


def test_no_postings_give_empty_tables():
    assert link([]) == ({}, [], [])


def test_an_undated_posting_comes_after_dated_ones():
    undated = row("a", first_published_at=None)
    assert link([undated, row("b")])[0] == {"a": "b", "b": "b"}


POOL = [
    row("p0"), row("p1", place="Kiel", day=2), row("p2", "Senior Miller", day=1), row("p3", "Buyer", role_text=BUYER),
    row("p4", "Buyer (m/w/d)", "Ulm", BUYER, day=5), row("p5", employer="staffhouse", day=4),
    row("p6", "Miller - Jena", "Jena", MILLER.replace("four", "six"), day=3), row("p7", first_published_at=None),
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.permutations(POOL))
def test_the_order_of_the_rows_does_not_matter(rows):
    assert link(rows) == link(POOL)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), unique_by=lambda r: r["posting"]))
def test_every_posting_is_a_member_once_and_linking_the_firsts_again_changes_nothing(rows):
    vacancy, members, _ = link(rows)
    assert sorted(vacancy) == sorted(r["posting"] for r in rows)
    assert len(members) == len(rows)
    firsts = set(vacancy.values())
    assert all(vacancy[first] == first for first in firsts)
    again, _, _ = link([r for r in rows if r["posting"] in firsts])
    assert again == {first: first for first in firsts}
