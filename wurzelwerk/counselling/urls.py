"""Addresses of counselling."""

from django.urls import include, path

from .views import (
    approvals,
    case,
    caseload,
    circumstances,
    contacts,
    documents,
    family,
    intake,
    journal,
    merging,
    my_month,
    news,
    people,
    plan,
    planning,
    releases,
    separation,
    sharing_home,
    tasks,
    text_blocks,
    work,
)

HOUSEHOLD = "haushalte/<uuid:household>"

urlpatterns = [
    path("haushalte/neu/", intake.household_new, name="household_new"),
    # who lives there
    path(f"{HOUSEHOLD}/personen/neu/", people.member_new, name="member_new"),
    path("personen/<uuid:member>/", people.member_edit, name="member_edit"),
    path("personen/<uuid:member>/aufenthalt/", people.residence_edit, name="residence_edit"),
    path("personen/<uuid:member>/auszug/", people.member_leave, name="member_leave"),
    path("personen/<uuid:member>/zurueck/", people.member_return, name="member_return"),
    # their families
    path(f"{HOUSEHOLD}/familie/", family.family, name="family"),
    path(f"{HOUSEHOLD}/familie/beziehung/", family.kinship_new, name="kinship_new"),
    path("beziehungen/<uuid:kinship>/entfernen/", family.kinship_remove, name="kinship_remove"),
    path("beziehungen/<uuid:kinship>/zurueck/", family.kinship_restore, name="kinship_restore"),
    path("personen/<uuid:child>/sorgerecht/", family.custody_edit, name="custody_edit"),
    path("personen/<uuid:unborn>/geburt/", family.member_born, name="member_born"),
    path("personen/<uuid:member>/geburt/zurueck/", family.member_unborn, name="member_unborn"),
    path("personen/<uuid:awaited>/ankunft/", family.member_arrived, name="member_arrived"),
    path("personen/<uuid:member>/ankunft/zurueck/", family.member_awaited, name="member_awaited"),
    path(f"{HOUSEHOLD}/trennung/", separation.household_separate, name="household_separate"),
    path(
        f"{HOUSEHOLD}/trennung/<uuid:separation>/zurueck/", separation.household_unseparate, name="household_unseparate"
    ),
    # how they live
    path(f"{HOUSEHOLD}/unterkunft/", circumstances.accommodation_edit, name="accommodation_edit"),
    path(f"{HOUSEHOLD}/wohngemeinschaft/", sharing_home.shared_home, name="shared_home"),
    path("wohngemeinschaften/<uuid:sharing>/entfernen/", sharing_home.shared_home_remove, name="shared_home_remove"),
    path("wohngemeinschaften/<uuid:sharing>/zurueck/", sharing_home.shared_home_restore, name="shared_home_restore"),
    path(f"{HOUSEHOLD}/umzug/", circumstances.accommodation_move, name="accommodation_move"),
    path("unterkuenfte/<uuid:accommodation>/zurueck/", circumstances.move_take_back, name="move_take_back"),
    path(f"{HOUSEHOLD}/einkommen/", circumstances.economy_edit, name="economy_edit"),
    # the plan
    path(f"{HOUSEHOLD}/plan/neu/", plan.need_new, name="need_new"),
    path(f"{HOUSEHOLD}/plan/", planning.plan, name="plan"),
    path(f"{HOUSEHOLD}/plan.pdf", planning.plan_pdf, name="plan_pdf"),
    path("plan/bedarfe/<uuid:need>/aendern/", planning.need_edit, name="need_edit"),
    path("plan/bedarfe/<uuid:need>/ablegen/", planning.need_archive, name="need_archive"),
    path("plan/bedarfe/<uuid:need>/zurueck/", planning.need_restore, name="need_restore"),
    path("plan/ziele/<uuid:goal>/aendern/", planning.goal_edit, name="goal_edit"),
    path("plan/ziele/<uuid:goal>/ablegen/", planning.goal_archive, name="goal_archive"),
    path("plan/ziele/<uuid:goal>/zurueck/", planning.goal_restore, name="goal_restore"),
    path("plan/schritte/<uuid:step>/aendern/", planning.step_edit, name="step_edit"),
    path("plan/reihe/<slug:part>/<uuid:row>/<slug:way>/", planning.plan_move, name="plan_move"),
    path("plan/bedarfe/<uuid:need>/ziel/", plan.goal_new, name="goal_new"),
    path("plan/bedarfe/<uuid:need>/gedeckt/", plan.need_meet, name="need_meet"),
    path("plan/bedarfe/<uuid:need>/offen/", plan.need_reopen, name="need_reopen"),
    path("plan/ziele/<uuid:goal>/schritt/", plan.step_new, name="step_new"),
    path("plan/ziele/<uuid:goal>/erreicht/", plan.goal_reach, name="goal_reach"),
    path("plan/ziele/<uuid:goal>/offen/", plan.goal_reopen, name="goal_reopen"),
    path("plan/schritte/<uuid:step>/erledigt/", plan.step_done, name="step_done"),
    path("plan/schritte/<uuid:step>/entfaellt/", plan.step_drop, name="step_drop"),
    path("plan/schritte/<uuid:step>/offen/", plan.step_reopen, name="step_reopen"),
    # the daily work
    path(f"{HOUSEHOLD}/journal/", journal.journal, name="journal"),
    path(f"{HOUSEHOLD}/journal/neu/", journal.note_new, name="note_new"),
    path("journal/<uuid:note>/aendern/", journal.note_edit, name="note_edit"),
    path("journal/<uuid:note>/berichtigen/", journal.note_correct, name="note_correct"),
    path(f"{HOUSEHOLD}/aufgaben/neu/", work.task_new, name="task_new"),
    path("aufgaben/", tasks.task_list, name="task_list"),
    path("aufgaben/<uuid:task>/", tasks.task_edit, name="task_edit"),
    path("vier-augen/", approvals.approval_rules, name="approval_rules"),
    path("vier-augen/<uuid:approval>/", approvals.approval, name="approval"),
    path("vier-augen/<uuid:approval>/wartet/", approvals.approval_reopen, name="approval_reopen"),
    path("vier-augen/<uuid:approval>/zurueckziehen/", approvals.approval_withdraw, name="approval_withdraw"),
    path("arbeit/<uuid:change>/zurueck/", tasks.work_take_back, name="work_take_back"),
    path("aufgaben/<uuid:task>/erledigt/", work.task_done, name="task_done"),
    path("aufgaben/<uuid:task>/streichen/", work.task_cancel, name="task_cancel"),
    path("aufgaben/<uuid:task>/offen/", work.task_reopen, name="task_reopen"),
    # documents
    path(f"{HOUSEHOLD}/dokumente/", documents.document_list, name="document_list"),
    path(f"{HOUSEHOLD}/dokumente/neu/", documents.document_new, name="document_new"),
    path("dokumente/<uuid:document>/", documents.document, name="document"),
    path("dokumente/<uuid:document>/bearbeiten/", documents.document_edit, name="document_edit"),
    path("dokumente/<uuid:document>/fassung/", documents.document_version_new, name="document_version_new"),
    path("dokumente/<uuid:document>/fassungen/<int:number>/", documents.document_file, name="document_file"),
    path(
        "dokumente/<uuid:document>/fassungen/<int:number>/herunterladen/",
        documents.document_download,
        name="document_download",
    ),
    path("dokumente/<uuid:document>/entfernen/", documents.document_remove, name="document_remove"),
    path("dokumente/<uuid:document>/zurueck/", documents.document_restore, name="document_restore"),
    path("dokumente/fassungen/<uuid:version>/entfernen/", documents.version_remove, name="version_remove"),
    path("dokumente/fassungen/<uuid:version>/zurueck/", documents.version_restore, name="version_restore"),
    # text blocks
    path("textbausteine/", text_blocks.text_block_list, name="text_block_list"),
    path("textbausteine/neu/", text_blocks.text_block_new, name="text_block_new"),
    path("textbausteine/<uuid:block>/", text_blocks.text_block_edit, name="text_block_edit"),
    path("textbausteine/<uuid:block>/entfernen/", text_blocks.text_block_remove, name="text_block_remove"),
    path("textbausteine/<uuid:block>/zurueck/", text_blocks.text_block_restore, name="text_block_restore"),
    # what is new
    path("neu/", news.news, name="news"),
    path("neu/gesehen/", news.news_seen, name="news_seen"),
    path(f"{HOUSEHOLD}/gesehen/", news.household_seen, name="household_seen"),
    # the case
    path(f"{HOUSEHOLD}/beratung/abschliessen/", case.case_close, name="case_close"),
    path(f"{HOUSEHOLD}/beratung/oeffnen/", case.case_reopen, name="case_reopen"),
    path(f"{HOUSEHOLD}/beratung/aufwand/", caseload.case_weigh, name="case_weigh"),
    path("team/auslastung/", caseload.caseload, name="caseload"),
    path(f"{HOUSEHOLD}/beratung/zustaendig/", case.case_assign, name="case_assign"),
    # taken in twice
    path(f"{HOUSEHOLD}/doppelt/", merging.duplicate_choose, name="duplicate_choose"),
    path(f"{HOUSEHOLD}/zusammenfuehren/<uuid:dropped>/", merging.household_merge, name="household_merge"),
    path(
        f"{HOUSEHOLD}/personen/<uuid:person>/zusammenfuehren/<uuid:double>/", merging.person_merge, name="person_merge"
    ),
    path(f"{HOUSEHOLD}/trennen/<uuid:merge>/", merging.household_unmerge, name="household_unmerge"),
    # my own month
    path("mein-monat/", my_month.month_page, name="my_month"),
    path("mein-monat/stunden/", my_month.timesheet, name="timesheet"),
    # people without a name
    path("kurzkontakte/", contacts.contact_list, name="contact_list"),
    path("kurzkontakte/sprechstunde/", contacts.open_hour_new, name="open_hour_new"),
    path(
        "kurzkontakte/sprechstunde/<uuid:open_hour>/zurueck/", contacts.open_hour_take_back, name="open_hour_take_back"
    ),
    path("kurzkontakte/auswertung/", contacts.contact_figures, name="contact_figures"),
    path("kurzkontakte/<uuid:contact>/zurueck/", contacts.contact_take_back, name="contact_take_back"),
    path("kurzkontakte/<uuid:contact>/loesen/", contacts.contact_unlink, name="contact_unlink"),
    path("kurzkontakte/<uuid:contact>/zuordnen/<uuid:household>/", contacts.contact_link, name="contact_link"),
    path(f"{HOUSEHOLD}/kurzkontakte/", contacts.contact_choose, name="contact_choose"),
    # handing over
    path("", include("wurzelwerk.counselling.urls_handing")),
    # who else works with it
    path("", include("wurzelwerk.counselling.urls_support")),
    # passing on
    path("", include("wurzelwerk.counselling.urls_referrals")),
    path("", include("wurzelwerk.counselling.urls_outside")),
    path(f"{HOUSEHOLD}/freigaben/", releases.release_list, name="release_list"),
    path(f"{HOUSEHOLD}/freigaben/neu/", releases.release_new, name="release_new"),
    path("freigaben/<uuid:consent>/blatt.pdf", releases.release_pdf, name="release_pdf"),
    path("freigaben/<uuid:consent>/unterschrift/", releases.release_sign, name="release_sign"),
    path("freigaben/<uuid:consent>/widerruf/", releases.release_withdraw, name="release_withdraw"),
    path(f"{HOUSEHOLD}/ueberweisen/<uuid:receiver>/<slug:purpose>/", releases.referral_new, name="referral_new"),
    path("ueberweisungen/<uuid:referral>/beenden/", releases.referral_end, name="referral_end"),
]
