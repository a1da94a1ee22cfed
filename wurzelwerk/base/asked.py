"""What is searched for within a page stands in no address (ADR 0011): it is posted, and the session keeps it by a mark.

if request.method == "POST":
    return redirect(f"{here}?{urlencode({MARK: keep(request, text)})}")
text = kept(request, request.GET.get(MARK, ""))
"""

from secrets import token_urlsafe

from django.http import HttpRequest

KEPT, KEPT_AT_MOST = "asked", 10
"""Under which name the session holds the latest texts by their marks, and how many of them."""
MARK, TEXT = "merk", "text"
LONGEST = 200


def cleaned(text: str) -> str:
    """Return a typed text with single blanks and without signs that nobody sees, cut to a sensible length."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST]


def keep(request: HttpRequest, text: str) -> str:
    """Keep a text with the session and return its mark; empty for an empty text."""
    if not (wanted := cleaned(text)):
        return ""
    latest = list(request.session.get(KEPT, {}).items())[1 - KEPT_AT_MOST :]
    mark = token_urlsafe(6)
    request.session[KEPT] = dict([*latest, (mark, wanted)])
    return mark


def kept(request: HttpRequest, mark: str) -> str:
    """Return the text of a mark; empty where this session keeps none by it."""
    return str(request.session.get(KEPT, {}).get(mark, ""))


def finds(text: str, *places: str) -> bool:
    """Say whether every word of a text stands somewhere in these places, in small or capital letters."""
    within = "\n".join(places).casefold()
    return all(word in within for word in text.casefold().split())
