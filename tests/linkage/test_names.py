"""Names meet over scripts and spellings, and other people's names do not."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.linkage.letters import bare, fold, words
from wurzelwerk.linkage.names import SAME_NAME, likeness, name_fit, word_likeness
from wurzelwerk.linkage.sounds import MOST_KEYS, sounds

PAIRS = Path(__file__).with_name("name_pairs.csv")
NAMES = st.text(st.characters(categories=["L", "M", "Zs"]), min_size=1, max_size=30)


@pytest.mark.parametrize(
    "spellings",
    [
        "Yusuf Jussuf Youssef Yousef Jusuf Юсуф يوسف",
        "Mohammed Muhammad Mohamed Mehmet Мухаммед محمد",
        "Abdurrahman Abdulrahman Abderrahmane Abdelrahman Абдуррахман عبدالرحمن",
        "Müller Mueller Muller Мюллер",
        "Çelik Celik Tschelik Челик",
        "Nguyễn Nguyen NGUYEN",
        "Oleksandr Aleksandr Alexander Олександр Александр Aleksander",
        "Schewtschenko Shevchenko Ševčenko Szewczenko Шевченко",
        "Selam Selaam ሰላም",
        "Wassilew Vasilev Василев",
        "Walid Oualid Velid وليد",
        "Chaima Shaima Schaima Şeyma شيماء",
        "Xelîl Khalil Chalil Halil خليل",
        "Giorgos Georgios Γιώργος",
        "İbrahim Ibrahim Ibrahem إبراهيم Ибрагим",
    ],
)
def test_the_spellings_of_a_name_share_a_key(spellings):
    first, *others = (set(sounds(*words(one))) for one in spellings.split())
    for other in others:
        assert first & other


@pytest.mark.parametrize(
    ("one", "other"), [("Amina", "Amira"), ("Ivan", "Igor"), ("Ali", "Omar"), ("Demir", "Demirel"), ("محمد", "محمود")]
)
def test_other_names_are_not_taken_for_the_same(one, other):
    assert word_likeness(*words(one), *words(other)) < SAME_NAME


def test_words_are_what_people_take_for_words():
    assert words("  Samira  AL-KHATIB ") == ("samira", "al", "khatib")
    assert words("O’Brien, D'Angelo") == ("obrien", "dangelo")
    assert words("İbrahim ILHAN") == ("ibrahim", "ilhan")
    assert words("王小明") == ("王", "小", "明")
    assert words("مُحَمَّد") == ("محمد",)
    assert words("फ़ातिमा") == (unicodedata.normalize("NFKC", "फ़ातिमा"),)
    assert (fold("müller"), bare("müller"), bare("mueller"), fold("weiß")) == ("mueller", "muller", "muller", "weiss")


def rates(threshold: float) -> tuple[float, float]:
    """Precision and recall of `likeness` on our list of pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [(row["same"] == "1", likeness(row["left"], row["right"]) >= threshold) for row in csv.DictReader(file)]
    right = sum(same and said for same, said in rows)
    return right / sum(said for _, said in rows), right / sum(same for same, _ in rows)


def test_the_list_of_pairs_is_told_apart_as_well_as_reported():
    precision, recall = rates(SAME_NAME)
    assert precision > 0.86
    assert recall > 0.89


@given(NAMES, NAMES)
def test_likeness_is_a_number_and_the_same_from_both_sides(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@given(NAMES)
def test_a_name_is_most_like_itself(name):
    if words(name):
        assert likeness(name, name) == 1
        assert name_fit(name, name) >= 0.99
        assert likeness(name, " ".join(reversed(name.split()))) == 1


@given(NAMES)
def test_keys_are_small_and_few(name):
    for word in words(name):
        assert len(sounds(word)) <= MOST_KEYS
        assert all(key.isascii() and key.isalnum() for key in sounds(word))
