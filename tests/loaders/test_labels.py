"""Labels: what sentences say, why, how surely, and that a vocabulary edited in Turtle is heeded."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import numpy as np
import pytest

import ontology
from loaders.records import Label, Labels
from loaders.statements.cues import cues
from loaders.statements.features import LONGEST, features
from loaders.statements.labels import MOST_THEMES, about, label
from loaders.statements.model import HEAVIEST, MOST, MOST_THREE, WEIGHTS, model
from loaders.statements.said import Said

VOCABULARY = ontology.load()
HEADING = "Children who need help and protection: requires improvement"


def says(words: str, heading: str = HEADING, vocabulary: ontology.Vocabulary = VOCABULARY) -> Labels:
    labels = label([Said(words, heading=heading, area="help-and-protection")], vocabulary)[0].labels
    assert labels is not None
    return labels


def ids(labels: tuple[Label, ...]) -> set[str]:
    return {one.concept for one in labels}


@pytest.mark.parametrize(
    ("words", "polarity"),
    [
        ("Social workers visit children regularly and know them well.", "strength"),
        ("Children wait too long for an assessment of their needs.", "weakness"),
        ("Plans are not specific enough and lack timescales.", "weakness"),
        ("The service fails to identify risk to children.", "weakness"),
        ("Managers have yet to put in place a strategy for early help.", "weakness"),
        ("Few children experience delay, and nearly all are seen promptly.", "strength"),
        ("No child was found to be at immediate risk of harm.", "strength"),
        ("Although most assessments are thorough, some are not completed in time.", "mixed"),
        ("Most plans are clear, but too many do not say who will do what.", "mixed"),
        ("Visits are brief and seldom say what difference they made.", "weakness"),
        ("Managers hardly ever record why they decided as they did.", "weakness"),
        ("Young people rarely wait for a place to live.", "strength"),
    ],
)
def test_polarity_heeds_negation_and_concession(words: str, polarity: str) -> None:
    assert says(words).polarity.concept == polarity


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("Return home interviews are offered to children who go missing.", "missing-children"),
        ("Strategy discussions are held promptly with the police.", "strategy-discussions"),
        ("Caseloads of social workers are too high.", "caseloads"),
        ("The virtual school improves the attainment of children in care.", "education-of-children-in-care"),
        ("Pathway plans are written with young people.", "pathway-planning"),
        ("Staff receive regular and reflective supervision.", "supervision"),
    ],
)
def test_a_sentence_has_the_theme_that_it_is_about(words: str, theme: str) -> None:
    assert theme in ids(says(words).themes)


def test_a_broad_theme_is_not_given_beside_one_below_it() -> None:
    broader = {id: concept.broader for id, concept in VOCABULARY.concepts["theme"].items()}
    for words in ("Care leavers live in suitable accommodation.", "Children in care see their dentist regularly."):
        themes = ids(says(words).themes)
        assert themes and not themes & {broader[id] for id in themes}


@pytest.mark.parametrize(
    ("words", "prevalence"),
    [
        ("Almost all children have an allocated social worker.", "almost-all"),
        ("Most assessments are completed in time.", "most"),
        ("In a small number of cases, help came too late.", "few"),
        ("Not all care leavers have a pathway plan.", "some"),
        ("Plans are reviewed to ensure that all children are safe.", None),
        ("Leaders are committed to reducing delay for all children.", None),
        ("The panel is successful in ensuring that most children live with their families.", "most"),
        ("The new team ensures that almost all children are seen alone.", "almost-all"),
        ("Families get help from the service within a few weeks.", None),
        ("Practice is stronger in some areas of the service.", None),
        ("Some partner agencies do not attend.", None),
        ("Plans are specific.", None),
    ],
)
def test_prevalence_is_the_quantity_said_of_people_or_cases(words: str, prevalence: str | None) -> None:
    given = says(words).prevalence
    assert (given.concept if given else None) == prevalence


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("The timeliness of assessments has improved since the last inspection.", "improved"),
        ("The quality of practice has deteriorated since the previous inspection.", "declined"),
        ("More children wait too long for a first visit than at the last inspection.", "declined"),
        ("Assessments are timely.", None),
    ],
)
def test_change_is_told_only_where_said(words: str, change: str | None) -> None:
    given = says(words).change
    assert (given.concept if given else None) == change


def test_a_cohort_is_who_the_sentence_is_about() -> None:
    assert "care-leavers" in ids(says("Care leavers value the support of their personal advisers.").cohort)
    assert "privately-fostered" in ids(says("Privately fostered children are visited regularly.").cohort)


def test_each_label_has_a_reason_and_spans_that_lie_in_its_sentence() -> None:
    start, words = (
        500,
        "Most return home interviews are completed too late, and risks to missing children have increased.",
    )
    labels = label([Said(words, start=start, heading=HEADING)], VOCABULARY)[0].labels
    assert labels is not None and labels.prevalence is not None
    for one in (labels.polarity, *labels.themes, *labels.cohort, labels.prevalence):
        assert one.reason and 0 < one.confidence < 1
        assert all(start <= span.start < span.end <= start + len(words) for span in one.spans)
    missing = next(one for one in labels.themes if one.concept == "missing-children")
    assert "return home interviews" in missing.reason.lower()
    phrases = {words[span.start - start : span.end - start].lower() for span in missing.spans}
    assert any("return home" in phrase for phrase in phrases)


def test_a_sentence_that_elaborates_takes_the_polarity_of_what_stands_before_it() -> None:
    elaboration = "This includes help with budgeting and housing."
    after_praise = label([Said("Support is excellent and highly valued."), Said(elaboration, position=1)], VOCABULARY)
    labels = after_praise[1].labels
    assert labels is not None and labels.polarity.concept == "strength"


def test_a_theme_added_in_turtle_is_recognised_by_its_phrases_alone(tmp_path: Path) -> None:
    added = tmp_path / "added.ttl"
    added.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix theme: <https://w3id.org/inspection-graph/theme/> .\n"
        "theme:animal-welfare a skos:Concept ;\n"
        "  skos:inScheme <https://w3id.org/inspection-graph/theme> ; skos:broader theme:practice ;\n"
        '  skos:prefLabel "Animals"@en ; skos:definition "Animals."@en ; skos:hiddenLabel "therapy donkeys"@en .\n'
        'theme:neglect skos:hiddenLabel "unkempt kitchens"@en .\n',
        encoding="utf8",
    )
    vocabulary = ontology.load([added])
    words = "The therapy donkeys are loved, and unkempt kitchens are recognised by social workers."
    given = {one.concept: one for one in says(words, vocabulary=vocabulary).themes}
    assert "therapy donkeys" in given["animal-welfare"].reason
    assert "learnt" not in given["animal-welfare"].reason
    assert "unkempt kitchens" in given["neglect"].reason
    assert "neglect" not in ids(says(words).themes)


def added(tmp_path: Path, turtle: str) -> ontology.Vocabulary:
    """The vocabulary with an addition that a researcher makes."""
    file = tmp_path / "ours.ttl"
    prefixes = "".join(
        f"@prefix {name}: <https://w3id.org/inspection-graph/{name}/> .\n"
        for name in ("theme", "cohort", "polarity", "prevalence", "change")
    )
    file.write_text(
        "@prefix ig: <https://w3id.org/inspection-graph/ontology#> .\n"
        f"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n{prefixes}{turtle}\n",
        encoding="utf8",
    )
    return ontology.load([file])


def test_a_phrase_of_one_theme_can_be_given_to_another_too(tmp_path: Path) -> None:
    vocabulary = added(tmp_path, 'theme:thresholds skos:hiddenLabel "supervision" .')
    words = "Staff receive regular and reflective supervision."
    given = {one.concept: one for one in says(words, vocabulary=vocabulary).themes}
    assert {"supervision", "thresholds"} <= set(given)
    assert "supervision" in given["thresholds"].reason
    assert "thresholds" not in ids(says(words).themes)


def test_a_phrase_within_a_longer_one_still_counts_once_it_is_added(tmp_path: Path) -> None:
    vocabulary = added(tmp_path, 'theme:thresholds skos:hiddenLabel "personal" .')
    words = "Care leavers value the support of their personal advisers."
    assert "thresholds" in ids(says(words, vocabulary=vocabulary).themes)


@pytest.mark.parametrize(
    ("turtle", "words", "group", "concept"),
    [
        ('polarity:weakness ig:cue "threadbare"', "Support for families is threadbare.", "polarity", "weakness"),
        ('polarity:strength ig:cue "a beacon"', "The hub is a beacon for families.", "polarity", "strength"),
        ('prevalence:few skos:altLabel "a smattering of"', "A smattering of plans are current.", "prevalence", "few"),
        ('change:declined ig:cue "gone downhill"', "Practice has gone downhill.", "change", "declined"),
        (
            'cohort:young-carers skos:hiddenLabel "little helpers"',
            "Little helpers are known.",
            "cohort",
            "young-carers",
        ),
    ],
)
def test_a_cue_that_a_researcher_adds_has_effect(
    tmp_path: Path, turtle: str, words: str, group: str, concept: str
) -> None:
    given = getattr(says(words, vocabulary=added(tmp_path, f"{turtle} .")), group)
    labels = given if isinstance(given, tuple) else (given,)
    told = {one.concept: one for one in labels if one}
    assert concept in told
    assert "phrase “" in told[concept].reason and told[concept].confidence >= 0.7


def test_a_cue_that_a_researcher_adds_says_nothing_where_it_is_denied(tmp_path: Path) -> None:
    vocabulary = added(tmp_path, 'polarity:weakness ig:cue "threadbare" .')
    words = "Children are well supported and plans are not threadbare."
    assert says(words, vocabulary=vocabulary).polarity.concept != "weakness"


def test_a_word_that_turns_a_sentence_round_is_named_as_the_reason() -> None:
    label = says("Visits are brief and seldom say what difference they made.").polarity
    assert "seldom" in label.reason and label.spans


def test_recommendations_have_one_to_four_themes_and_cohorts_counted_from_their_place() -> None:
    words = "Ensure that care leavers have pathway plans and suitable accommodation, and that caseloads allow this."
    themes = about(words, "Recommendations", VOCABULARY, start=100).themes
    assert 1 <= len(themes) <= MOST_THEMES
    assert {"pathway-planning", "care-leaver-accommodation"} <= ids(themes)
    assert all(span.start >= 100 for one in themes for span in one.spans)
    assert "care-leavers" in ids(about(words, None, VOCABULARY).cohort)


def test_no_sum_is_too_great_to_be_exact_in_32_bits() -> None:
    """Sums of whole numbers below 2 to the power of 24 are the same in whatever order they are added."""
    assert float(HEAVIEST) * float(MOST) <= 2**24 and float(MOST_THREE) * LONGEST <= 2**24
    for network in model().networks:
        for whole in (network.words, network.three, *(layer.weights for layer in network.layers.values())):
            assert whole.dtype == np.float32 and np.array_equal(whole, np.rint(whole))
        for layer in network.layers.values():
            assert np.abs(layer.weights).sum(0).max() <= HEAVIEST
        assert np.abs(network.words).max() * 2 * np.abs(network.three).sum(0).max() < 2**24


def test_a_layer_gives_the_same_sums_in_whatever_order_they_are_added() -> None:
    rng = np.random.default_rng(0)
    for layer in model().networks[0].layers.values():
        given = rng.integers(-int(MOST), int(MOST) + 1, (20, len(layer.weights))).astype(np.float32)
        order = rng.permutation(len(layer.weights))
        exact = given.astype(np.int64) @ layer.weights.astype(np.int64)
        assert np.array_equal(given @ layer.weights, exact)
        assert np.array_equal(given[:, order] @ layer.weights[order], exact)


def test_the_phrases_of_the_vocabulary_reach_what_is_learnt() -> None:
    """Each concept's phrases are counted in its own column, those of themes too, in the sentence and in its heading."""
    said = Said("Supervision of care leavers' workers is strong.", heading="Care leavers", above="Early help")
    learnt = model()
    numbers = features([said], [cues(VOCABULARY).find(said)], learnt.answers.phrases)
    column = {name: place for place, name in enumerate(learnt.answers.phrases)}
    assert numbers.phrases[0, column["theme/supervision"]] >= 1
    assert numbers.phrases[0, column["cohort/care-leavers"]] >= 1
    assert numbers.heading_phrases[0, column["theme/early-help"]] >= 1
    assert numbers.heading_phrases[0, column["cohort/care-leavers"]] >= 1
    assert len(learnt.answers.column_of_phrases) == numbers.phrases.shape[1]


def test_a_sentence_is_read_in_the_company_of_its_paragraph_and_section() -> None:
    about = [Said(f"Care leavers have a pathway plan of kind {n}.", heading="A", position=n) for n in range(8)]
    found = [cues(VOCABULARY).find(one) for one in about]
    numbers = features(about, found, model().answers.phrases)
    column = model().answers.phrases.index("cohort/care-leavers")
    width = len(model().answers.phrases)
    assert numbers.paragraph[0, column] == 2.0
    assert (numbers.heading_phrases[0, [width + column, 2 * width + column]] > 0).all()
    alone = features(about[:1], found[:1], model().answers.phrases)
    assert not alone.paragraph.any() and not alone.heading_phrases[:, width:].any()


def test_no_sentence_stands_in_the_weights() -> None:
    assert WEIGHTS.stat().st_size <= 15e6
    with np.load(WEIGHTS) as kept:
        texts = {name: str(kept[name]) for name in kept.files if kept[name].dtype.kind not in "iuf"}
    assert set(texts) == {"ids_themes", "ids_cohorts", "ids_prevalences", "ids_changes"}
    known = {id for scheme in ("theme", "cohort", "prevalence", "change") for id in VOCABULARY.concepts[scheme]}
    assert {id for words in texts.values() for id in words.split()} <= known


def test_empty_input_gives_no_labels() -> None:
    assert label([], VOCABULARY) == ()
    assert label([Said("")], VOCABULARY)[0].against == "heading"


@pytest.mark.parametrize("name", ["features", "phrases", "quantities", "turning"])
def test_the_examples_in_a_module_of_labelling_say_what_it_does(name: str) -> None:
    run = doctest.testmod(importlib.import_module(f"loaders.statements.{name}"))
    assert run.attempted and not run.failed
