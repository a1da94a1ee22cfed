"""Every act that ends, deletes or takes away has its way back in the message, or says before that it has none."""

import ast
import re

import pytest
from django.test import Client

from wurzelwerk.network.models import User

from .sources import Source, program_sources
from .test_actions import action_sources, public_functions
from .world import address

ENDS = {
    "archive", "cancel", "clear", "close", "complete", "decline", "discard", "drop", "end", "forget", "lapse", "meet",
    "merge", "pause", "reach", "refuse", "remove", "retire", "revoke", "take_back", "unlink", "unmerge", "unseparate", "withdraw",
}  # fmt: skip
"""Verbs of actions after which something is no longer there, or no longer goes on."""
GOES_ON = {
    "accept", "add", "advance", "agree", "answer", "arrange", "ask", "assign", "bear", "begin", "book", "bring",
    "call", "caption", "carry", "change", "confirm", "correct", "fail", "file", "form", "grant", "hand", "issue",
    "keep", "link", "make", "move", "note", "open", "plan", "prepare", "promise", "propose", "queue", "read",
    "record", "relate", "remind", "reopen", "repeat", "restore", "resume", "retitle", "return", "send", "separate",
    "set", "sign", "start", "take_in", "take_on", "use", "welcome", "write",
}  # fmt: skip
IS_THE_WAY_BACK = "is itself the way back, with a reason or on the same day; the way forward is the same step again"
NEED_NONE = {
    "absence_change_back": IS_THE_WAY_BACK,
    "leaving_take_back": IS_THE_WAY_BACK,
    "work_take_back": IS_THE_WAY_BACK,
    "contact_take_back": IS_THE_WAY_BACK,
    "open_hour_take_back": IS_THE_WAY_BACK,
    "partner_letter_take_back": IS_THE_WAY_BACK,
    "letter_take_back": IS_THE_WAY_BACK,
    "mailing_take_back": IS_THE_WAY_BACK,
    "household_unseparate": IS_THE_WAY_BACK,
    "member_awaited": IS_THE_WAY_BACK,
    "member_unborn": IS_THE_WAY_BACK,
    "move_take_back": IS_THE_WAY_BACK,
    "move_undo": IS_THE_WAY_BACK,
    "household_unmerge": IS_THE_WAY_BACK,
    "pathway_take_back": IS_THE_WAY_BACK,
    "aftercare_take_back": IS_THE_WAY_BACK,
    "STEPS": "a table; placement_step gives each of its steps the way back (tests/housing/placing)",
    "TAKE_BACK": IS_THE_WAY_BACK,
}
"""Views, and tables of views, that lead to an ending act without a way back in the message, and why."""
FINAL = {
    "release_withdraw": ("amira", "family", "the person's own right (Art. 7 Abs. 3 DSGVO)"),
    "referral_end": ("amira", "family", "what the other body saw was closed, and its proposals withdrawn"),
    "feed_revoke": ("amira", "family", "a secret address that was ended stays ended"),
    "outside_record": ("amira", "family", "the other body has said so, and its links are closed"),
    "referral_complete": ("jonas", "family", "the purpose has ended, and what was open with it is closed"),
    "referral_refuse": ("jonas", "waiting", "the sender was told"),
    "message_cancel": ("elif", "family", "the text is emptied, for a link may stand in it"),
    "sheet_drop": ("amira", "family", "it holds personal data; what it brought stays"),
    "photo_remove": ("jonas", "family", "a picture may show people; who removes it relies on it"),
}
"""Views that must not be undone -> who is asked before, with which household, and why."""
ADDRESS = {"feed_revoke": "feed", "referral_refuse": "housing_referral_refuse"}
"""The name of a view's address, where it is another."""


def verb(name: str) -> str:
    """The verb of an action: the first word, with its particle where it has one."""
    found = re.match(r"(take_back|take_in|take_on|[a-z]+)", name)
    return found.group(1) if found else name


def ending_actions(sources: tuple[Source, ...]) -> set[str]:
    """The names of all actions that end something."""
    return {node.name for source in sources for node in public_functions(source) if verb(node.name) in ENDS}


def named(node: ast.AST) -> set[str]:
    """Every name that stands inside, also behind a dot."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return found | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def gives_a_way_back(node: ast.AST) -> bool:
    """Whether something inside is called with `undo=…` that is not empty."""
    given = [keyword.value for call in ast.walk(node) if isinstance(call, ast.Call) for keyword in call.keywords
             if keyword.arg == "undo"]  # fmt: skip
    return any(not (isinstance(value, ast.Constant) and not value.value) for value in given)


def without_way_back(sources: tuple[Source, ...], ending: set[str]) -> list[str]:
    """Functions and tables of views that name an ending action, and lead to no `undo=` themselves or by a neighbour."""
    found = []
    for source in sources:
        functions = {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}
        giving = {name for name, node in functions.items() if gives_a_way_back(node)}
        for name, node in functions.items():
            if named(node) & ending - functions.keys() and name not in giving and not named(node) & giving:
                found.append(name)
        tables = (node for node in source.tree.body if isinstance(node, ast.Assign) and named(node.value) & ending)
        found += [ast.unparse(node.targets[0]) for node in tables]
    return sorted(found)


def view_sources() -> tuple[Source, ...]:
    """The files in which pages answer."""
    faces = (source for source in program_sources() if re.search(r"/views(\.py|/\w+\.py)$", source.path))
    return (*faces, *(source for source in program_sources() if source.path.endswith("drafts/offering.py")))


def test_every_action_is_known_as_ending_or_going_on():
    verbs = {verb(node.name) for source in action_sources() for node in public_functions(source)}
    assert verbs - ENDS - GOES_ON == set()
    assert (ENDS | GOES_ON) - verbs == {"bring", "forget"}  # the drafts', which stand in keeping.py
    assert ENDS.isdisjoint(GOES_ON)


def test_every_ending_act_has_its_way_back_or_says_why_not():
    ending = ending_actions(action_sources()) | {"discard"}
    assert len(ending) > 25
    assert without_way_back(view_sources(), ending) == sorted(NEED_NONE.keys() | FINAL.keys())


@pytest.mark.parametrize("name", FINAL)
def test_act_that_must_not_be_undone_says_so_before(world, db, now, name):
    login, household, _why = FINAL[name]
    client = Client()
    client.force_login(User.objects.get(username=login))
    page = client.get(address(ADDRESS.get(name, name), world[household]))
    assert page.status_code == 200
    assert "lässt sich nicht zurücknehmen" in page.content.decode()


PLANTED = """
def thing_close(request):
    return act(request, do=lambda at: cases.close_thing(by=by, at=at), done="zu", undo=reverse("thing_reopen"))

def thing_drop(request):
    return _ending(request, cases.drop_thing)

def _ending(request, action):
    return act(request, do=action, undo=reverse("thing_reopen"))

def thing_end(request):
    return act(request, do=lambda at: cases.end_thing(by=by, at=at), done="aus", undo="")

STEPS = (Step("absage", cases.drop_thing),)
"""


def test_act_without_a_way_back_is_found():
    source = Source("wurzelwerk/cases/views.py", PLANTED)
    assert without_way_back((source,), {"close_thing", "drop_thing", "end_thing"}) == ["STEPS", "thing_end"]
