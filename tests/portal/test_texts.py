"""What people read in their own language is there in every language, and says whether somebody has checked it."""

import pytest

from wurzelwerk.portal.texts_of import APPOINTMENT, FRAME

RIGHT_TO_LEFT = {"ar", "fa"}


def shape(value):
    """The keys of nested texts."""
    return {key: shape(one) for key, one in value.items()} if isinstance(value, dict) else ""


@pytest.mark.parametrize("texts", [FRAME, APPOINTMENT], ids=["frame", "appointment"])
def test_every_language_says_everything(texts):
    assert sorted(texts.languages) == ["ar", "bg", "de", "en", "fa", "fr", "pl", "ro", "ru", "tr", "uk"]
    german = texts.of("de")
    assert {code: shape(texts.of(code)) == shape(german) for code in texts.languages} == dict.fromkeys(
        texts.languages, True
    )
    assert {code for code in texts.languages if texts.of(code)["direction"] == "rtl"} == RIGHT_TO_LEFT
    assert {code for code in texts.languages if texts.of(code)["reviewed"]} == {"de"}
