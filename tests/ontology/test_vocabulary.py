"""What `load` hands out, from the model's own files and from a researcher's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import ontology

PREFIXES = """@prefix ig: <https://w3id.org/inspection-graph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <https://w3id.org/inspection-graph/theme/> .
"""


@pytest.fixture(scope="module")
def vocabulary() -> ontology.Vocabulary:
    return ontology.load()


def turtle(folder: Path, body: str) -> Path:
    path = folder / "ours.ttl"
    path.write_text(PREFIXES + body, encoding="utf8")
    return path


def test_there_are_72_themes_under_five_top_concepts(vocabulary: ontology.Vocabulary) -> None:
    themes = vocabulary.concepts["theme"]
    assert len(themes) == 72
    tops = {theme.id for theme in themes.values() if theme.broader is None}
    assert tops == {"help-and-protection", "children-in-care", "care-leavers", "practice", "leadership"}
    assert {theme.broader for theme in themes.values()} - {None} == tops


def test_every_narrower_theme_is_recognised_by_several_phrases_of_few_words(vocabulary: ontology.Vocabulary) -> None:
    themes = vocabulary.concepts["theme"].values()
    few = {t.id: (*t.alt, *t.hidden) for t in themes if t.broader and len({*t.alt, *t.hidden}) < 5}
    assert set(few) <= {"young-carers"}
    long = [phrase for t in themes for phrase in (*t.alt, *t.hidden) if len(phrase.split()) > 4]
    assert long == []


def test_no_cue_tells_of_both_strength_and_weakness(vocabulary: ontology.Vocabulary) -> None:
    polarity = vocabulary.concepts["polarity"]
    strength, weakness = set(polarity["strength"].cues), set(polarity["weakness"].cues)
    assert 60 <= len(strength) <= 200
    assert 60 <= len(weakness) <= 200
    assert strength & weakness == set()


def test_grades_have_ranks_that_order_each_scale_from_the_best(vocabulary: ontology.Vocabulary) -> None:
    grades = vocabulary.concepts["grade"]
    ranks = {
        scale.grades: [grades[id].rank for id in scale.grades]
        for f in vocabulary.frameworks.values()
        for scale in f.scales
    }
    assert ranks == {
        ("outstanding", "good", "adequate", "inadequate"): [4, 3, 2, 1],
        ("outstanding", "good", "requires-improvement", "inadequate"): [4, 3, 2, 1],
        ("typically-positive", "inconsistent", "systemic-failings"): [3, 2, 1],
    }


def test_the_ids_of_areas_grades_and_frameworks_are_those_that_data_uses(vocabulary: ontology.Vocabulary) -> None:
    assert set(vocabulary.concepts["area"]) >= {
        "overall", "leadership", "help-and-protection", "children-looked-after", "adoption", "care-leavers",
        "children-in-care", "children-in-care-and-care-leavers", "quality-of-practice", "lscb", "send-outcome",
    }  # fmt: skip
    assert set(vocabulary.frameworks) >= {
        "sif", "sif-reinspection", "ilacs", "ilacs-focused-visit", "ilacs-monitoring-visit", "child-protection-2012",
        "looked-after-2013", "jtai", "area-send", "lscb-review",
    }  # fmt: skip
    assert set(vocabulary.concepts["prevalence"]) == {"all", "almost-all", "most", "many", "some", "few", "none"}
    assert set(vocabulary.concepts["polarity"]) == {"strength", "weakness", "mixed", "neutral"}
    assert set(vocabulary.concepts["link-kind"]) == {"followed-up", "recurs", "resolved", "contradicts", "same-body"}
    assert len(vocabulary.concepts["cohort"]) == 15


def test_a_framework_knows_what_it_grades_who_inspects_and_what_followed(vocabulary: ontology.Vocabulary) -> None:
    sif, jtai = vocabulary.frameworks["sif"], vocabulary.frameworks["jtai"]
    assert sif.remit == "social-care"
    assert set(sif.grades_areas) == {
        "overall", "help-and-protection", "children-looked-after", "adoption", "care-leavers", "leadership", "lscb",
    }  # fmt: skip
    assert sif.replaced_by == ("ilacs",)
    assert jtai.grades_areas == ()
    assert set(jtai.inspectorates) == {"ofsted", "cqc", "hmicfrs", "hmip"}
    assert vocabulary.frameworks["ilacs-focused-visit"].remit == vocabulary.frameworks["child-protection-2012"].remit


def test_visits_of_one_framework_are_judged_by_the_areas_of_their_period(vocabulary: ontology.Vocabulary) -> None:
    areas = {scale.from_year: set(scale.areas) for scale in vocabulary.frameworks["ilacs"].scales}
    assert "children-in-care-and-care-leavers" in areas[2018]
    assert "care-leavers" not in areas[2018]
    assert "care-leavers" in areas[2023]
    assert "overall" not in areas[2026]


def test_the_authorities_are_the_158_of_england_in_nine_regions(vocabulary: ontology.Vocabulary) -> None:
    authorities = vocabulary.authorities
    assert len(authorities) == 158
    assert len({a.region for a in authorities.values()}) == len({a.region_name for a in authorities.values()}) == 9
    assert all(neighbour in authorities for a in authorities.values() for neighbour in a.neighbours)


def test_a_reorganised_authority_keeps_its_old_code_or_is_linked_to_its_successors(
    vocabulary: ontology.Vocabulary,
) -> None:
    buckinghamshire, cumbria = vocabulary.authorities["E06000060"], vocabulary.authorities["E10000006"]
    assert buckinghamshire.former_codes == ("E10000002",)
    assert buckinghamshire.region_name == "South East"
    assert cumbria.succeeded_by == ("E06000063", "E06000064")
    assert vocabulary.authorities["E06000010"].names[0] == "Kingston Upon Hull, City of"
    assert "Hull" in vocabulary.authorities["E06000010"].names


def test_inspectorates_are_known_by_their_older_names_too(vocabulary: ontology.Vocabulary) -> None:
    inspectorates = vocabulary.concepts["inspectorate"]
    assert set(inspectorates) == {"ofsted", "cqc", "hmicfrs", "hmip"}
    assert inspectorates["ofsted"].iri == "https://w3id.org/inspection-graph/id/inspectorate/ofsted"
    assert "HMIC" in inspectorates["hmicfrs"].alt


def test_an_extra_file_adds_phrases_themes_and_authorities(tmp_path: Path, vocabulary: ontology.Vocabulary) -> None:
    extra = turtle(
        tmp_path,
        """theme:early-help skos:hiddenLabel "cosy corner"@en .
        theme:play a skos:Concept , ig:Theme ; skos:prefLabel "Play"@en ;
          skos:broader theme:practice ; skos:altLabel "playtime"@en .
        <https://w3id.org/inspection-graph/id/authority/E99000001> a ig:Authority ;
          ig:gss "E99000001" ; skos:prefLabel "Nether Wallop"@en .
        """,
    )
    ours = ontology.load((extra,))
    assert set(ours.concepts["theme"]["early-help"].hidden) - set(
        vocabulary.concepts["theme"]["early-help"].hidden
    ) == {"cosy corner"}
    assert ours.concepts["theme"]["play"].broader == "practice"
    assert ours.authorities["E99000001"].names == ("Nether Wallop",)
    assert ours.digest != vocabulary.digest
    assert len(vocabulary.concepts["theme"]) == 72


def test_an_extra_file_that_is_not_turtle_is_named_with_its_line(tmp_path: Path) -> None:
    extra = turtle(tmp_path, 'theme:early-help skos:hiddenLabel "open .\n')
    with pytest.raises(ontology.VocabularyError) as caught:
        ontology.load((extra,))
    assert (caught.value.file, caught.value.line) == (extra, 4)
    assert str(caught.value).startswith(f"{extra}:4: not valid Turtle: ")


def test_an_extra_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ontology.VocabularyError) as caught:
        ontology.load((tmp_path / "gone.ttl",))
    assert str(caught.value) == f"{tmp_path / 'gone.ttl'}: cannot be read: No such file or directory"


def test_a_theme_under_one_that_does_not_exist_is_named_with_its_line(tmp_path: Path) -> None:
    extra = turtle(
        tmp_path,
        'theme:play a skos:Concept , ig:Theme ;\n  skos:prefLabel "Play"@en ;\n  skos:broader theme:practise .\n',
    )
    with pytest.raises(ontology.VocabularyError) as caught:
        ontology.load((extra,))
    assert str(caught.value) == f'{extra}:6: "play" has the broader theme "practise", which does not exist'


def test_wrong_turtle_is_named_with_line_and_column(tmp_path: Path) -> None:
    extra = turtle(tmp_path, 'theme:early-help skos:hiddenLabel "a word"@e_n .\n')
    with pytest.raises(ontology.VocabularyError) as caught:
        ontology.load((extra,))
    assert (caught.value.line, caught.value.column) == (4, 44)
    assert str(caught.value).endswith("(column 44)")


CONCEPT = 'a skos:Concept ; skos:prefLabel "Play"@en'


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ('theme:early-hlp skos:altLabel "cosy corner"@en .', 4,
         'there is no theme "early-hlp": did you mean "early-help"? to add it, say that it is a skos:Concept'),
        ('theme:play a skos:Concept ;\n  skos:altLabel "playtime"@en .', 4, 'the theme "play" has no skos:prefLabel'),
        (f"<http://example.org/play> {CONCEPT} .", 4, "<http://example.org/play> is in no scheme"),
        (f"<https://w3id.org/inspection-graph/topic/play> {CONCEPT} .", 4, "topic/play> is in no scheme"),
        (f"theme:play {CONCEPT} ;\n  skos:inScheme <https://w3id.org/inspection-graph/cohort> .", 4,
         "is put in the scheme <https://w3id.org/inspection-graph/cohort>: its IRI says otherwise"),
        ('theme:early-help skos:altLabel "cosy"@en ;\n  skos:prefLabel "Early support"@en .', 5,
         'the theme "early-help" is there already: to add phrases to it, leave out its skos:prefLabel'),
        (f'theme:play {CONCEPT} .\ntheme:play skos:prefLabel "Games"@en .', 4, "is described twice"),
        (f"theme:play {CONCEPT} ;\n  skos:broader theme:games .", 5, 'the broader theme "games", which does not exist'),
        (f"theme:play {CONCEPT} ;\n  skos:broader <https://w3id.org/inspection-graph/cohort/parents> .", 5,
         "which does not exist"),
        (f"theme:play {CONCEPT} ;\n  skos:broader theme:games .\n"
         'theme:games a skos:Concept ; skos:prefLabel "Games"@en ; skos:broader theme:play .', 6,
         'in a circle: "games" → "play" → "games"'),
        ("theme:help-and-protection skos:broader theme:assessment .", 4,
         '"help-and-protection" → "assessment" → "help-and-protection"'),
        ('theme:neglect skos:altLabel "the"@en .', 4, "is only words of grammar: it would match nearly every sentence"),
        ('theme:neglect skos:altLabel "and of the"@en .', 4, "“and of the” of the theme \"neglect\" is only words"),
        ('theme:neglect skos:altLabel "cold homes"@en ,\n  "x"@en .', 5, "“x” of the theme \"neglect\" is one letter"),
        ('theme:neglect skos:hiddenLabel "Children"@en .', 4, "is in so many sentences, whatever they are about"),
        ('theme:neglect skos:hiddenLabel " – "@en .', 4, "holds no word"),
        ('theme:neglect skos:hiddenLabel "Verwahrlosung"@de .', 4, "is tagged @de: text is read in English"),
        ("theme:neglect skos:hiddenLabel theme:supervision .", 4, "is no text: write the words in quotes"),
        ('<https://w3id.org/inspection-graph/polarity/weakness> ig:cue "of"@en .', 4, "is only words of grammar"),
    ],
)  # fmt: skip
def test_a_slip_in_ones_own_vocabulary_is_told_with_file_line_and_term(
    tmp_path: Path, body: str, line: int, message: str
) -> None:
    extra = turtle(tmp_path, body + "\n")
    with pytest.raises(ontology.VocabularyError) as caught:
        ontology.load((extra,))
    assert message in str(caught.value)
    assert (caught.value.file, caught.value.line) == (extra, line)
    assert str(caught.value).startswith(f"{extra}:{line}: ")


def test_words_of_grammar_may_tell_of_a_contrast_or_a_quantity(tmp_path: Path) -> None:
    extra = turtle(tmp_path, '<https://w3id.org/inspection-graph/polarity/mixed> ig:cue "whereas"@en , "yet"@en .\n')
    assert ontology.load((extra,)).warnings == ()


def test_a_phrase_of_two_themes_is_warned_about_with_its_line(tmp_path: Path) -> None:
    extra = turtle(tmp_path, 'theme:neglect skos:altLabel "cold homes"@en ;\n  skos:hiddenLabel "Front door"@en .\n')
    warnings = ontology.load((extra,)).warnings
    assert [str(one) for one in warnings] == [
        f"{extra}:5: “Front door” of “Neglect” is a phrase of “Contact and referral” too"
    ]


def test_an_added_theme_stands_in_its_scheme_and_class_without_saying_so(tmp_path: Path) -> None:
    extra = turtle(tmp_path, f"theme:play {CONCEPT} .\n")
    said = {str(t) for t in ontology.triples((extra,)) if t.subject.value.endswith("theme/play")}  # type: ignore[union-attr]
    assert any("#inScheme> <https://w3id.org/inspection-graph/theme>" in one for one in said)
    assert any("#topConceptOf>" in one for one in said)
    assert any("inspection-graph/ontology#Theme>" in one for one in said)


def test_a_vocabulary_that_is_edited_is_read_anew_within_one_process(tmp_path: Path) -> None:
    extra = turtle(tmp_path, 'theme:neglect skos:hiddenLabel "cold homes"@en .\n')
    first = ontology.load((extra,))
    turtle(tmp_path, 'theme:neglect skos:hiddenLabel "bare floors"@en .\n')
    second = ontology.load((extra,))
    assert "cold homes" in first.concepts["theme"]["neglect"].hidden
    assert "cold homes" not in second.concepts["theme"]["neglect"].hidden
    assert "bare floors" in second.concepts["theme"]["neglect"].hidden


def test_the_models_own_files_and_the_samples_authorities_are_sound() -> None:
    assert ontology.load().warnings == ()
    assert ontology.load((Path(__file__).parents[1] / "samples" / "authorities.ttl",)).warnings == ()


def test_blank_nodes_in_a_circle_are_refused(tmp_path: Path) -> None:
    extra = turtle(tmp_path, "_:a skos:related _:b . _:b skos:related _:a .\n")
    with pytest.raises(ontology.VocabularyError, match="refer to each other in a circle: give them IRIs"):
        ontology.load((extra,))


def test_the_digest_is_the_same_in_every_process_and_whatever_the_order_of_extra_files(tmp_path: Path) -> None:
    paths = [tmp_path / "a.ttl", tmp_path / "b.ttl"]
    for number, path in enumerate(paths):
        path.write_text(
            f'{PREFIXES}theme:neglect skos:hiddenLabel "word {number}"@en ; skos:related [ skos:note "{number}" ] .'
        )
    here = ontology.load(paths).digest
    program = f"import ontology; print(ontology.load({[str(path) for path in reversed(paths)]}).digest)"
    root = Path(ontology.__file__).parents[1]
    there = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert here == there


def test_loading_does_not_import_rdflib() -> None:
    program = "import sys, ontology; ontology.load(); print('rdflib' in sys.modules)"
    root = Path(ontology.__file__).parents[1]
    assert (
        subprocess.run(
            [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
        ).stdout.strip()
        == "False"
    )
