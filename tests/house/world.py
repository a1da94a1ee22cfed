"""A small world in which every address of the house leads somewhere: two sites, two controllers, one way to a home.

family   Amira's household; released, referred to Ankerplatz, accepted; a contract stands
waiting  Amira's second household; its referral waits for Ankerplatz's answer, so it names nobody
foreign  Carla's household at another site; open to nobody else of the cast
"""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from wurzelwerk.appointments import actions as calendar
from wurzelwerk.appointments.models import Place, Series, Sketch
from wurzelwerk.appointments.spans import Span
from wurzelwerk.base.rooms import letter_partner
from wurzelwerk.cases import actions as cases
from wurzelwerk.cases import document_files
from wurzelwerk.cases.actions import MemberData
from wurzelwerk.cases.merge_sides import proposed_pairs, side_of
from wurzelwerk.cases.models import (
    Appointment,
    ApprovalRule,
    Case,
    Cover,
    Document,
    Household,
    Merge,
    Notice,
    OpenedMinutes,
    Referral,
    Separation,
    Task,
    WorkChange,
)
from wurzelwerk.housing import actions as housing
from wurzelwerk.housing.actions import ProfileData
from wurzelwerk.housing.actions.importing import start_import
from wurzelwerk.housing.actions.photos import add_photos
from wurzelwerk.housing.actions.portfolio import record_right
from wurzelwerk.housing.actions.rounds import keep_findings
from wurzelwerk.housing.actions.taking_in import Intake, take_in_dwelling
from wurzelwerk.housing.models import AfterCare, Dwelling, Letting
from wurzelwerk.housing.photo_files import prepare
from wurzelwerk.housing.round_run import compute_round
from wurzelwerk.letters.actions import LetterChoice, begin_letter
from wurzelwerk.letters.mailing_actions import MailingChoice, begin_mailing
from wurzelwerk.letters.partner_actions import begin_partner_letter
from wurzelwerk.letters.queries import Correspondence
from wurzelwerk.letters.template_actions import keep_template
from wurzelwerk.network.models import Organisation, User
from wurzelwerk.outbox.actions import Letter, queue_message
from wurzelwerk.outbox.models import Message
from wurzelwerk.pathways.actions import start_journey
from wurzelwerk.portal.models import Reminding
from wurzelwerk.sheets.actions import keep_checked, set_columns, start_sheet
from wurzelwerk.sheets.checking import check
from wurzelwerk.sheets.columns import propose
from wurzelwerk.sheets.importer import importers
from wurzelwerk.sheets.models import Sheet
from wurzelwerk.sheets.reading import read
from wurzelwerk.trust import actions as trust
from wurzelwerk.trust.actor import Actor
from wurzelwerk.trust.link_actions import issue_link

from ..letters.word import word_file

STAGES = ["search", "viewing", "interest", "chosen", "contract"]
UNTIL = date(2027, 3, 10)
SECRETS = {
    "journal": "Geheim: Gewalt in der Unterkunft",
    "contact": "Geheim: kommt ohne Namen",
    "listed": "Geheim: steht in einer Liste",
    "need": "Geheim: Schulden beim Vermieter",
    "kin": "Geheim: Tante in Hagen",
    "residence": "Geheim: Aufenthaltserlaubnis § 25",
    "document": "Geheim: ärztliches Attest",
    "owner": "Geheime Eigentümergemeinschaft",
    "street": "Verborgene Gasse",
    "outside": "Geheim: Überschuldung seit Jahren",
    "support": "Geheim: Suchtberatung Frau Doktor Still",
    "own_time": "Geheim: Bewerbung woanders",
}
"""What must not be read by whom it does not concern; the tests look for these words."""
RESIDENCE = cases.ResidenceData(basis="as_printed", as_printed=SECRETS["residence"], code="AE25.2")


def actor(login: str) -> Actor:
    """Return the actor of somebody of the cast."""
    return Actor.of(User.objects.get(username=login))


def ankerplatz() -> Organisation:
    """Return the housing enterprise."""
    return Organisation.objects.get(code="ankerplatz")


def people(family_name: str) -> list[MemberData]:
    """Two adults and a child."""
    return [
        MemberData("Samira", family_name, date(1990, 5, 4), "self", phone="0231 000777", benefit_unit=1,
                   languages=("ar",), needs_interpreter=True, residence=RESIDENCE),
        MemberData("Yusuf", family_name, date(1988, 1, 1), "partner", benefit_unit=1),
        MemberData("Lina", family_name, date(2014, 9, 30), "child", benefit_unit=1),
    ]  # fmt: skip


def advised(login: str, family_name: str, at: datetime) -> dict[str, Any]:
    """A household with everything that counselling writes down: rows by the names that addresses use."""
    by = actor(login)
    body = Organisation.objects.get(pk=by.home.organisation_id)
    site = body.sites.filter(pk=by.home.site_id).first()
    akte = trust.open_akte(controller=body, site=site, subject="household", by=by, at=at)
    household = cases.form_household(akte=akte, members=people(family_name), by=by, at=at)
    case = cases.open_case(akte=akte, service="counselling", household=household, by=by, at=at)
    cases.set_economy(household=household, income_kinds=["sgb2"], monthly_net=Decimal(1234), by=by, at=at)
    home = cases.set_accommodation(household=household, kind="transitional", street="Beispielweg 1", by=by, at=at)
    note = cases.write_note(case=case, kind="conversation", theme="housing", text=SECRETS["journal"], occurred_at=at,
                            by=by, at=at)  # fmt: skip
    need = cases.note_need(case=case, kind="housing", text=SECRETS["need"], by=by, at=at)
    goal = cases.agree_goal(need=need, text="ein Zimmer für die Kinder", by=by, at=at)
    start_journey(case=case, pathway="housing", by=by, at=at)
    profile = ProfileData(persons=3, benefit_persons=3, draws_benefits=True, wbs_state="held", wbs_kind="a",
                          wbs_persons=3, wbs_valid_until=date(2026, 12, 31))  # fmt: skip
    housing.keep_profile(household=household, profile=profile, by=by, at=at)
    consents = [
        trust.prepare_release(akte=akte, subject=member.person_id, receiver=ankerplatz(), purpose="housing",
                              stages=STAGES, language="de", valid_until=UNTIL, by=by, at=at)
        for member in household.members.visible_to(by)
    ]  # fmt: skip
    for consent in consents:
        trust.record_signature(consent=consent, signed_on=at.date(), by=by, at=at)
    told = of_family(household, by, at)
    line = SECRETS["contact"] if login == "amira" else ""  # Carla reads on the same page what her own team wrote
    contact = cases.record_contact(topic="housing", minutes=5, channel="desk", occurred_at=at, line=line, by=by, at=at)
    group = cases.ContactGroup(topic="work", number=2, minutes=10)
    hour = cases.record_open_hour(starts_at=at - timedelta(hours=1), ends_at=at, groups=[group], by=by, at=at)
    cases.link_contact(contact=contact, case=case, by=by, at=at)
    support = supported(household, case, by, at)
    frame = Correspondence(household, case, by, at.date())
    letter = begin_letter(subject=frame.subject(household.members.visible_to(by)[0].person),
                          choice=LetterChoice("invitation", "person", "ar"), by=by, at=at)  # fmt: skip
    filed(case, SECRETS["document"], by, at)
    document = filed(case, "WBS", by, at, is_proof=True)
    return {
        **support, **told, **told_outside(household, case, by, at),
        "letter": letter, "mailing": begin_mailing(choice=MailingChoice("event"), by=by, at=at),
        "block": cases.write_text_block(name="Anruf", text="Ruft an.", for_team=True, by=by, at=at),
        "handing": cases.write_handover_note(case=case, text=cases.HandoverText(mind=SECRETS["journal"]), by=by, at=at),
        "note": note, "row": need, "document": document, "version": document.versions.visible_to(by).get(),
        "sheet": listed(by, at), "contact": contact, "open_hour": hour, "accommodation": home,
        "akte": akte, "household": household, "case": case, "need": need, "goal": goal, "consent": consents[0],
        "person": household.members.visible_to(by)[0].person, "double": household.members.visible_to(by)[1].person,
        "member": household.members.visible_to(by)[0],
        "step": cases.plan_step(goal=goal, text="WBS beantragen", by=by, at=at),
        "task": cases.set_task(case=case, title="anrufen", due_on=at.date(), by=by, at=at),
        "appointment": cases.make_appointment(case=case, kind="phone", starts_at=at,
                                              ends_at=at + timedelta(minutes=30), by=by, at=at),
        **calendared(case, login, by, at),
        "message": failed_message(akte, by, at), **outside(akte, household, by, at),
        "separation": separated(doubled(family_name, by, at), by, at),
        "dropped": doubled(family_name, by, at), "merge": merged(household, doubled(family_name, by, at), by, at),
    }  # fmt: skip


def of_family(household: Household, by: Actor, at: datetime) -> dict[str, Any]:
    """Who has custody, who is whose mother, who is expected."""
    samira, _yusuf, lina = household.members.visible_to(by).select_related("person")[:3]
    custody = cases.CustodyData("sole", (samira.person_id,), document=SECRETS["kin"])
    cases.set_custody(child=lina.person, custody=custody, by=by, at=at)
    cases.relate(person=samira.person, kind="relative", outside=SECRETS["kin"], by=by, at=at)
    amal = MemberData("Amal", lina.person.family_name, relation="sibling", presence="awaited")
    return {
        "kinship": cases.relate(person=samira.person, kind="mother", other=lina.person, by=by, at=at), "child": lina,
        "unborn": cases.add_member(household=household, member=MemberData(relation="unborn"), by=by, at=at),
        "awaited": cases.add_member(household=household, member=amal, by=by, at=at),
    }  # fmt: skip


def outside(akte: Any, household: Household, by: Actor, at: datetime) -> dict[str, Any]:
    """Somebody of the household is reminded, and a link was given out."""
    person = household.members.visible_to(by)[0].person
    reminding = Reminding.objects.create(
        akte=akte, person=person, channel="sms", agreed_at=at, agreed_with_id=by.user_id
    )
    row = Appointment.objects.visible_to(by).filter(akte=akte).first()
    issued = issue_link(purpose="portal.appointment", thing=row, valid_until=at + timedelta(days=9), by=by, at=at)
    return {"reminding": reminding, "issued_link": issued.link}


def failed_message(akte: Any, by: Actor, at: datetime) -> Message:
    """A message that did not go out and waits for somebody to look at it."""
    letter = Letter("sms", "+4915112345678", "Sie haben einen Termin.")
    message = queue_message(akte=akte, letter=letter, cause="probe", until=at + timedelta(days=1), by=by, at=at)
    message.state, message.ended_at, message.error = "failed", at, "Das SMS-Gateway hat mit 400 geantwortet."
    message.save()
    return message


def supported(household: Household, case: Any, by: Actor, at: datetime) -> dict[str, Any]:
    """Somebody without an account who works with the household, and a conference that has begun."""
    data = cases.HelperData(name=SECRETS["support"], role="therapist", since=at.date())
    helper = cases.add_helper(household=household, helper=data, by=by, at=at)
    invitation = cases.Invitation(
        kind="case_conference", starts_at=at, ends_at=at + timedelta(hours=1), agenda=SECRETS["support"],
        users=(User.objects.get(pk=by.user_id),), helpers=(helper,),
    )  # fmt: skip
    conference = cases.call_conference(case=case, invitation=invitation, by=by, at=at)
    return {
        "helper": helper, "conference": conference,
        "participant": conference.participants.visible_to(by).get(helper=helper),
    }  # fmt: skip


def calendared(case: Any, login: str, by: Actor, at: datetime) -> dict[str, Any]:
    """What the calendar keeps: a room, a series, an appointment that was moved, an interpreter, time of one's own."""
    site = case.akte.site
    if (room := Place.objects.filter(site=site).first()) is None:
        room = calendar.add_place(site=site, data=calendar.PlaceData("Raum 1"), by=actor("lars"), at=at)
    host = User.objects.get(pk=by.user_id)
    start = at + timedelta(days=63 + 21 * Series.objects.for_system(reason="world").count())
    meeting = calendar.Meeting("counselling", start, start + timedelta(minutes=45), host, room)
    series = calendar.make_series(case=case, meeting=meeting, every="week", times=2, by=by, at=at)
    serial = series.bookings.visible_to(by).order_by("series_on").first().appointment
    move = calendar.move_appointment(appointment=serial, starts_at=start + timedelta(hours=2),
                                     ends_at=start + timedelta(hours=3), by=by, at=at)  # fmt: skip
    own = calendar.keep_own_time(kind="meeting", title=SECRETS["own_time"] if login == "amira" else "Team", people=[host], by=by, at=at,
                                 span=Span(start + timedelta(hours=4), start + timedelta(hours=5)))  # fmt: skip
    calendar.make_feed(names=False, by=by, at=at)
    friday = calendar.WeeklyData("private", 4, time(12), time(14), at.date(), title=own.title)
    return {
        "weekly": calendar.keep_weekly(data=friday, by=by, at=at),
        "sketch": sketched(room, at), "serial": serial, "series": series, "batch": series, "move": move, "place": room, "own_time": own, "site": site,
        "interpreter": calendar.ask_interpreter(appointment=serial, language="ar", by=by, at=at),
    }  # fmt: skip


def sketched(room: Place, at: datetime) -> Sketch:
    """A picture of the way to a room."""
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "PNG")
    return calendar.keep_sketch(place=room, content=picture.getvalue(), said="Durch das Tor", by=actor("lars"), at=at)


def told_outside(household: Household, case: Any, by: Actor, at: datetime) -> dict[str, Any]:
    """A debt advice office without an account: a release waits for signatures, a referral by law was sent."""
    body = cases.keep_body(akte=case.akte, name="Schuldnerhilfe", email="hilfe@example.org", by=by, at=at)
    for member in household.members.visible_to(by):
        trust.prepare_release(akte=case.akte, subject=member.person_id, receiver=body, purpose="debt_advice",
                              stages=["request"], language="de", valid_until=UNTIL, by=by, at=at)  # fmt: skip
    told = cases.Outside(purpose="support", way="link", concern=SECRETS["outside"], basis="law",
                         basis_text="§ 4 KKG", items={"request": ["name", "concern"]})  # fmt: skip
    sent_away = cases.send_outside(case=case, household=household, receiver=body, outside=told, by=by, at=at)
    return {"body": body, "outside": sent_away}


def filed(case: Case, title: str, by: Actor, at: datetime, *, is_proof: bool = False) -> Document:
    """A document in the household's Akte."""
    data = cases.DocumentData(title=title, kind="housing_proof", received_on=at.date(), is_proof=is_proof)
    file = document_files.prepare(b"%PDF-1.7 " + title.encode(), name="scan.pdf", on=at.date())
    return cases.file_document(akte=case.akte, case=case, file=file, data=data, by=by, at=at)


def listed(by: Actor, at: datetime) -> Sheet:
    """A list of people, checked: one row is fine, one is refused."""
    content = f"Vorname;Geburtsdatum\n{SECRETS['listed']};1990\nUnlesbar;31.02.1990\n".encode()
    importer = importers()["people"]
    contents = read(content)
    sheet, _fresh = start_sheet(content=content, contents=contents, name="probe.csv", importer=importer, by=by, at=at)
    layout = propose(sheet.outline, importer, controller=sheet.akte.controller_id)
    sheet = set_columns(sheet=sheet, layout=layout, by=by, at=at)
    check(sheet, contents.tables[0], importer, by=by, on=at.date(), progress=lambda _done, _total: None)
    keep_checked(sheet=sheet, by=by, at=at)
    return sheet


def doubled(family_name: str, by: Actor, at: datetime) -> Household:
    """The household once more, as a colleague took it in."""
    body = Organisation.objects.get(pk=by.home.organisation_id)
    site = body.sites.filter(pk=by.home.site_id).first()
    akte = trust.open_akte(controller=body, site=site, subject="household", by=by, at=at)
    household = cases.form_household(akte=akte, members=people(family_name)[1:], by=by, at=at)
    cases.open_case(akte=akte, service="counselling", household=household, by=by, at=at)
    return household


def separated(household: Household, by: Actor, at: datetime) -> Separation:
    """Make two households of one."""
    case = Case.objects.visible_to(by).get(akte=household.akte)
    first = household.members.visible_to(by)[0].person_id
    plan = cases.SeparationPlan(at.date(), frozenset({first}))
    return cases.separate_household(case=case, household=household, plan=plan, by=by, at=at)


def merged(kept: Household, dropped: Household, by: Actor, at: datetime) -> Merge:
    """Make one of the two: everybody of the second is known in the first."""
    pairs = proposed_pairs(side_of(kept), side_of(dropped))
    return cases.merge_households(kept=kept, dropped=dropped, choice=cases.MergeChoice(pairs), by=by, at=at)


def sent(rows: dict[str, Any], login: str, at: datetime) -> Referral:
    """Send a household to Ankerplatz."""
    return cases.send_referral(case=rows["case"], household=rows["household"], receiver=ankerplatz(),
                               purpose="housing", by=actor(login), at=at)  # fmt: skip


def opened_minutes(rows: dict[str, Any], at: datetime) -> OpenedMinutes:
    """Minutes that Ankerplatz may read, as they stood."""
    referral, conference = rows["referral"], rows["conference"]
    return OpenedMinutes.objects.create(
        akte=referral.akte, conference=conference, referral=referral, receiver=referral.receiver, kind=conference.kind,
        held_at=conference.starts_at, text="Besprochen: der Umzug.", opened_at=at, opened_by_id=conference.called_by_id,
    )  # fmt: skip


def taken_in(number: str, at: datetime) -> Dwelling:
    """A dwelling of Ankerplatz with owner, photo, right and letting."""
    by = actor("jonas")
    rent = {"net_cold": Decimal(500), "operating_costs": Decimal(150), "heating_costs": Decimal(80), "deposit": None}
    intake = Intake(
        owner=None, owner_values={"name": f"{SECRETS['owner']} {number}", "phone": "0231 000888"}, building=None,
        building_values={"street": SECRETS["street"], "number": number, "postcode": "44145",
                         "district_id": "nordmarkt"},
        dwelling_values={"rooms": Decimal(3), "area": Decimal("74.50"), "wbs_kind": "a", "step_free": "yes"},
        letting_values=rent, available_from=date(2026, 4, 1),
    )  # fmt: skip
    home = take_in_dwelling(intake=intake, by=by, at=at)
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "JPEG")
    add_photos(dwelling=home, pictures=[prepare(picture.getvalue(), name="kueche.jpg")], by=by, at=at)
    return home


def on_the_way(rows: dict[str, Any], letting: Letting, login: str, at: datetime) -> dict[str, Any]:
    """Accept a household's referral and bring it to the keys: search, placement, after-care."""
    by = actor("jonas")
    search = housing.accept_search(referral=sent(rows, login, at), by=by, at=at)
    placement = housing.propose_placement(search=search, letting=letting, override_reason="weil", by=by, at=at)
    housing.arrange_viewing(placement=placement, viewing_at=at, place="vor dem Haus", by=by, at=at)
    return {"search": search, "placement": placement}


def moved(task: Task, at: datetime) -> WorkChange:
    """Move a task by a week, by who has to do it."""
    return cases.move_tasks(tasks=[task], days=7, by=Actor.of(task.assignee), at=at)


def build(at: datetime) -> dict[str, dict[str, Any]]:
    """Make the world; return household name -> rows by the names that addresses use."""
    scout = actor("jonas")
    family, waiting, foreign = (
        advised(login, name, at)
        for login, name in [("amira", "Al-Khatib"), ("amira", "Wartend"), ("carla", "Anderswo")]
    )
    homes = [taken_in(number, at) for number in ("1", "2", "3")]
    lettings = [Letting.objects.visible_to(scout).get(dwelling=home) for home in homes]
    family["absence"] = waiting["absence"] = cases.record_absence(
        user=User.objects.get(username="amira"), kind="other", starts_on=(at + timedelta(days=6)).date(), by=actor("amira"), at=at,
        ends_on=(at + timedelta(days=10)).date(), covers=[User.objects.get(username="bernd")],
    )  # fmt: skip
    absence, bernd = family["absence"], User.objects.get(username="bernd")
    family["former"] = waiting["former"] = foreign["former"] = cases.change_absence(
        absence=absence, kind="holiday", starts_on=absence.starts_on, ends_on=absence.ends_on, covers=[bernd],
        by=actor("amira"), at=at,
    )  # fmt: skip
    cases.assign_covers(absence=absence, cases={family["case"]: bernd}, by=actor("amira"), at=at)
    family["cover"] = waiting["cover"] = absence.covers.get(case__isnull=False)
    rule = ApprovalRule.objects.create(
        organisation=Organisation.objects.get(code="stadt"), act="close_case", set_at=at,
        set_by=User.objects.get(username="lars"),
    )  # fmt: skip
    for rows in (family, waiting, foreign):
        by = Actor.of(rows["case"].lead)
        rows["approval"] = cases.ask_approval(case=rows["case"], act="close_case", by=by, at=at)
    rule.delete()
    family["sharing"] = waiting["sharing"] = cases.note_shared_home(
        household=family["household"], other=waiting["household"], by=actor("amira"), at=at
    )
    foreign["sharing"] = family["sharing"]
    for rows in (family, waiting, foreign):
        rows["user"], rows["change"] = rows["task"].assignee, moved(rows["task"], at)
    foreign["absence"] = cases.record_absence(
        user=User.objects.get(username="carla"), kind="other", starts_on=at.date(), ends_on=at.date(), covers=[],
        by=actor("carla"), at=at,
    )  # fmt: skip
    carla = User.objects.get(username="carla")  # a row alone: nothing is opened to anybody
    foreign["cover"] = Cover.objects.create(absence=foreign["absence"], user=carla, case=foreign["case"], made_at=at)
    family |= on_the_way(family, lettings[0], "amira", at)
    foreign |= on_the_way(foreign, lettings[1], "carla", at)
    for rows, login in ((family, "amira"), (foreign, "carla")):
        rows["referral"] = Referral.objects.visible_to(actor(login)).get(
            household=rows["household"], receiver=ankerplatz()
        )
    waiting["referral"] = sent(waiting, "amira", at)
    for rows in (family, waiting, foreign):
        rows["minutes"] = opened_minutes(rows, at)
    begun = housing.start_round(by=scout, at=at)
    keep_findings(begun=begun, findings=compute_round(scout, on=at.date()), by=scout, at=at)
    for rows in (family, foreign):
        placement = rows["placement"]
        housing.ask_for_promise(placement=placement, by=scout, at=at)
        housing.promise_placement(placement=placement, by=scout, at=at)
        housing.sign_contract(placement=placement, contract_from=at.date(), by=scout, at=at)
        housing.hand_over_keys(placement=placement, keys_on=at.date(), by=scout, at=at)
        rows["aftercare"] = AfterCare.objects.for_system(reason="world").filter(placement_ref=placement.pk).first()
        rows["notice"] = Notice.objects.for_system(reason="world").filter(case=rows["case"]).first()
    right = record_right(
        dwelling=homes[2], by=scout, at=at,
        values={"kind": "general", "form": "direct", "law": "wfng_nrw", "starts_on": date(2020, 1, 1),
                "holder": Organisation.objects.get(code="stadt")},
    )  # fmt: skip
    run, _fresh = start_import(content=b"<openimmo/>", name="probe.xml", by=scout, at=at)
    stock = {
        "dwelling": homes[2], "letting": lettings[2], "right": right, "round": begun, "import_run": run,
        "photo": homes[2].photos.visible_to(scout).get(), "owner": homes[2].building.owner,
    }  # fmt: skip
    partner = letter_partner(scout, stock["owner"].akte_id)
    stock["partner"] = stock["owner"].akte
    stock["partner_letter"] = begin_partner_letter(partner=partner, template="owner_first", by=scout, at=at)
    stock["office_template"] = keep_template(
        name="Probe", content=word_file("{{ person.name }}"), by=actor("elif"), at=at
    )
    return {"family": family | stock, "waiting": waiting | stock, "foreign": foreign | stock}


PK = {
    "household": "household", "series_edit": "serial", "series_cancel": "serial", "who_sees": "akte", "notice_read": "notice", "aftercare_note": "aftercare",
    "aftercare_take_back": "aftercare", "housing_referral_accept": "referral", "housing_referral_refuse": "referral",
    "housing_search": "search", "housing_search_pause": "search", "housing_search_resume": "search",
    "housing_search_close": "search", "placement": "placement", "placement_step": "placement", "round": "round",
    "round_progress": "round", "round_propose": "round", "dwelling": "dwelling", "dwelling_edit": "dwelling",
    "dwelling_archive": "dwelling", "dwelling_restore": "dwelling", "letting_new": "dwelling", "right_new": "dwelling",
    "right_restore": "dwelling",
    "link_revoke": "issued_link", "link_restore": "issued_link", "message_repeat": "message", "message_cancel": "message",
    "photo_list": "dwelling", "letting_edit": "letting", "letting_withdraw": "letting", "letting_reopen": "letting",
    "right_edit": "right", "right_remove": "right", "photo_image": "photo", "photo_small": "photo",
    "photo_caption": "photo", "photo_remove": "photo", "photo_move": "photo", "owner": "owner", "owner_edit": "owner",
    "import_run": "import_run", "import_progress": "import_run", "import_take": "import_run",
    "import_again": "import_run",
    "sheet": "sheet", "sheet_columns": "sheet", "sheet_progress": "sheet", "sheet_choose": "sheet",
    "sheet_take": "sheet", "sheet_take_back": "sheet", "sheet_refused": "sheet", "sheet_drop": "sheet",
}  # fmt: skip
"""Of which row the `pk` in an address is."""


def patterns(resolver: URLResolver | None = None, space: str = "") -> dict[str, URLPattern]:
    """Return name -> pattern of every address of the house."""
    found: dict[str, URLPattern] = {}
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            found |= patterns(one, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            found[f"{space}{one.name}"] = one
    return found


def address(name: str, rows: dict[str, Any]) -> str:
    """Return the address of this name for a household's rows."""
    fixed: dict[str, Any] = {
        "mark": "wahrgenommen", "purpose": "housing", "receiver": ankerplatz().pk, "step": "anfrage", "way": "spaeter",
        "code": "households_advised", "list_name": "haushalte", "key": "keiner", "secret": "kein-solcher-link",
        "channel": "mail", "slug": "suche", "name": "suche", "number": 1,
        "inviting": "an", "answer": "kommt", "aim": "debt_advice", "part": "bedarfe",
    }  # fmt: skip
    wanted = patterns()[name].pattern.converters
    chosen = {}
    for key, converter in wanted.items():
        row = rows.get(PK[name] if key == "pk" else key)
        is_row = type(converter).__name__ == "UUIDConverter" and row is not None
        chosen[key] = row.pk if is_row else fixed[key]
    return reverse(name, kwargs={key: str(one) if isinstance(one, UUID) else one for key, one in chosen.items()})


def browser(login: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=login))
    return client


def page_of(client: Client, name: str, world: dict) -> tuple[str, Any]:
    """The form's address and page, of the first household for which there is one."""
    for rows in world.values():
        page = client.get(address(name, rows))
        if page.status_code == 200:
            return address(name, rows), page
    raise LookupError(name)
