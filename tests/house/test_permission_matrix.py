"""Every address of the house for every person of the cast: what a page answers, and that nothing foreign can be done.

The world is built once for the module (`world.py`); the requests only read, or must change nothing. The rows are
Amira's household's: Bernd and Elif are of her team, Carla of another site, Goran of another controller, Jonas and Katja
of the housing enterprise to which the household was referred.
"""

import re

import pytest
from django.test import Client

from wurzelwerk.evidence.models import Fact
from wurzelwerk.network.models import User
from wurzelwerk.trust.guard import guarded_models
from wurzelwerk.trust.models import Grant, PersonLink

from .world import SECRETS, address, patterns

TABLE = """
address                   anon  amira  bernd   elif  carla  goran  jonas  katja  frieda   lars
absence_cancel             302    405    405    405    405    405    405    405    405    405
absence_cases              302    200    404    200    404    404    404    404    404    404
absence_change_back        302    405    405    405    405    405    405    405    405    405
absence_edit               302    200    404    200    404    404    404    404    404    404
absence_end                302    405    405    405    405    405    405    405    405    405
absence_list               302    200    200    200    200    200    200    200    200    200
absence_new                302    200    200    200    200    200    200    200    200    200
absence_restore            302    405    405    405    405    405    405    405    405    405
absence_resume             302    405    405    405    405    405    405    405    405    405
accommodation_edit         302    200    200    200    404    404    404    404    404    404
accommodation_move         302    200    200    200    404    404    404    404    404    404
account                    302    200    200    200    200    200    200    200    200    200
aftercare_note             302    200    200    200    404    404    404    404    404    404
aftercare_take_back        302    200    200    200    404    404    404    404    404    404
api:api-root               404    404    404    404    404    404    404    404    404    404
api:list_open_lettings     401    200    200    200    200    200    200    200    200    200
api:openapi-json           200    200    200    200    200    200    200    200    200    200
appointment                302    200    200    200    404    404    404    404    404    404
appointment_edit           302    200    200    200    404    404    404    404    404    404
appointment_figures        302    200    200    200    200    200    200    200    404    404
appointment_file           302    200    200    200    404    404    404    404    404    404
appointment_inviting       302    405    405    405    405    405    405    405    405    405
appointment_mark           302    405    405    405    405    405    405    405    405    405
appointment_new            302    200    200    200    404    404    200    200    404    404
appointment_reminded       302    200    200    200    404    404    404    404    404    404
appointment_slip           302    405    405    405    405    405    405    405    405    405
approval                   302    404    404    200    404    404    404    404    404    404
approval_reopen            302    405    405    405    405    405    405    405    405    405
approval_rules             302    404    404    404    404    404    404    404    404    200
approval_withdraw          302    405    405    405    405    405    405    405    405    405
body_new                   302    200    200    200    404    404    404    404    404    404
calendar_day               302    200    200    200    200    200    200    200    200    200
calendar_place             302    200    200    200    404    404    404    404    200    200
calendar_team              302    200    200    200    200    200    200    200    200    200
calendar_week              302    200    200    200    200    200    200    200    200    200
case_assign                302    404    404    200    404    404    404    404    404    404
case_close                 302    200    200    200    404    404    200    200    404    404
case_reopen                302    405    405    405    405    405    405    405    405    405
case_weigh                 302    200    200    200    404    404    200    200    404    404
caseload                   302    404    404    200    404    404    404    404    404    404
conference                 302    200    200    200    404    404    404    404    404    404
conference_calendar        302    200    200    200    404    404    404    404    404    404
conference_cancel          302    405    405    405    405    405    405    405    405    405
conference_edit            302    200    200    200    404    404    404    404    404    404
conference_invitation      302    200    200    200    404    404    404    404    404    404
conference_inviting        302    405    405    405    405    405    405    405    405    405
conference_minutes         302    200    200    200    404    404    404    404    404    404
conference_new             302    200    200    200    404    404    404    404    404    404
conference_pdf             302    200    200    200    404    404    404    404    404    404
conference_restore         302    405    405    405    405    405    405    405    405    405
contact_choose             302    200    200    200    404    404    404    404    404    404
contact_figures            302    200    200    200    200    200    404    404    404    404
contact_link               302    405    405    405    405    405    405    405    405    405
contact_list               302    200    200    200    200    200    404    404    404    404
contact_take_back          302    405    405    405    405    405    405    405    405    405
contact_unlink             302    405    405    405    405    405    405    405    405    405
cover_edit                 302    200    404    200    404    404    404    404    404    404
cover_remove               302    405    405    405    405    405    405    405    405    405
cover_seen                 302    405    405    405    405    405    405    405    405    405
custody_edit               302    200    200    200    404    404    404    404    404    404
document                   302    200    200    200    404    404    200    200    404    404
document_download          302    200    200    200    404    404    200    200    404    404
document_edit              302    200    200    200    404    404    404    404    404    404
document_file              302    200    200    200    404    404    200    200    404    404
document_list              302    200    200    200    404    404    200    200    404    404
document_new               302    200    200    200    404    404    404    404    404    404
document_remove            302    405    405    405    405    405    405    405    405    405
document_restore           302    405    405    405    405    405    405    405    405    405
document_version_new       302    200    200    200    404    404    404    404    404    404
duplicate_choose           302    200    200    200    404    404    404    404    404    404
dwelling                   302    404    404    404    404    404    200    200    404    404
dwelling_archive           302    405    405    405    405    405    405    405    405    405
dwelling_edit              302    404    404    404    404    404    200    200    404    404
dwelling_list              302    404    404    404    404    404    200    200    404    404
dwelling_new               302    404    404    404    404    404    200    200    404    404
dwelling_restore           302    405    405    405    405    405    405    405    405    405
economy_edit               302    200    200    200    404    404    404    404    404    404
export_log                 302    200    200    200    200    200    200    200    200    200
family                     302    200    200    200    404    404    404    404    404    404
feed                       302    200    200    200    200    200    200    200    200    200
feed_file                  404    404    404    404    404    404    404    404    404    404
feed_revoke                302    405    405    405    405    405    405    405    405    405
goal_archive               302    405    405    405    405    405    405    405    405    405
goal_edit                  302    200    200    200    404    404    404    404    404    404
goal_new                   302    200    200    200    404    404    404    404    404    404
goal_reach                 302    405    405    405    405    405    405    405    405    405
goal_reopen                302    405    405    405    405    405    405    405    405    405
goal_restore               302    405    405    405    405    405    405    405    405    405
handover                   302    200    404    200    404    404    404    404    404    404
handover_note_edit         302    200    200    200    404    404    404    404    404    404
handover_note_new          302    200    200    200    404    404    200    200    404    404
handover_note_pdf          302    200    200    200    404    404    404    404    404    404
handover_note_read         302    405    405    405    405    405    405    405    405    405
handover_note_remove       302    405    405    405    405    405    405    405    405    405
handover_note_restore      302    405    405    405    405    405    405    405    405    405
handover_notes             302    200    200    200    404    404    200    200    404    404
handover_pdf               302    200    404    200    404    404    404    404    404    404
health                     200    200    200    200    200    200    200    200    200    200
helper_edit                302    200    200    200    404    404    404    404    404    404
helper_end                 302    200    200    200    404    404    404    404    404    404
helper_new                 302    200    200    200    404    404    404    404    404    404
helper_return              302    405    405    405    405    405    405    405    405    405
home                       302    302    302    302    302    302    302    302    302    302
hours_edit                 302    200    200    200    200    200    200    200    200    200
household                  302    200    200    200    404    404    200    200    404    404
household_list             302    200    200    200    200    200    200    200    200    200
household_merge            302    200    200    200    404    404    404    404    404    404
household_new              302    200    200    200    200    200    404    404    404    404
household_seen             302    405    405    405    405    405    405    405    405    405
household_separate         302    200    200    200    404    404    404    404    404    404
household_unmerge          302    200    200    200    404    404    404    404    404    404
household_unseparate       302    405    405    405    405    405    405    405    405    405
housing_referral_accept    302    404    404    404    404    404    200    200    404    404
housing_referral_refuse    302    404    404    404    404    404    200    200    404    404
housing_search             302    404    404    404    404    404    200    200    404    404
housing_search_close       302    404    404    404    404    404    200    200    404    404
housing_search_list        302    404    404    404    404    404    200    200    404    404
housing_search_pause       302    404    404    404    404    404    200    200    404    404
housing_search_resume      302    405    405    405    405    405    405    405    405    405
housing_search_take_on     302    405    405    405    405    405    405    405    405    405
import_again               302    405    405    405    405    405    405    405    405    405
import_new                 302    404    404    404    404    404    200    200    404    404
import_progress            302    404    404    404    404    404    200    200    404    404
import_run                 302    404    404    404    404    404    200    200    404    404
import_take                302    405    405    405    405    405    405    405    405    405
interpreter_answer         302    200    200    200    404    404    404    404    404    404
interpreter_cancel         302    405    405    405    405    405    405    405    405    405
interpreter_new            302    200    200    200    404    404    404    404    404    404
interpreter_reopen         302    405    405    405    405    405    405    405    405    405
invitation_new             302    200    200    200    404    404    404    404    404    404
journal                    302    200    200    200    404    404    404    404    404    404
kinship_new                302    200    200    200    404    404    404    404    404    404
kinship_remove             302    405    405    405    405    405    405    405    405    405
kinship_restore            302    405    405    405    405    405    405    405    405    405
leaving                    302    404    404    200    404    404    404    404    404    200
leaving_take_back          302    405    405    405    405    405    405    405    405    405
letter                     302    200    200    200    404    404    404    404    404    404
letter_discard             302    405    405    405    405    405    405    405    405    405
letter_edit                302    200    200    200    404    404    404    404    404    404
letter_list                302    200    200    200    404    404    404    404    404    404
letter_new                 302    200    200    200    404    404    404    404    404    404
letter_page                302    200    200    200    404    404    404    404    404    404
letter_pdf                 302    200    200    200    404    404    404    404    404    404
letter_reopen              302    405    405    405    405    405    405    405    405    405
letter_restore             302    405    405    405    405    405    405    405    405    405
letter_sent                302    200    200    200    404    404    404    404    404    404
letter_take_back           302    405    405    405    405    405    405    405    405    405
letter_word                302    404    404    404    404    404    404    404    404    404
letting_edit               302    404    404    404    404    404    200    200    404    404
letting_new                302    404    404    404    404    404    200    200    404    404
letting_reopen             302    405    405    405    405    405    405    405    405    405
letting_withdraw           302    405    405    405    405    405    405    405    405    405
link                       404    404    404    404    404    404    404    404    404    404
link_restore               302    405    405    405    405    405    405    405    405    405
link_revoke                302    405    405    405    405    405    405    405    405    405
list_columns               302    200    200    200    200    200    200    200    200    200
list_filter_back           302    405    405    405    405    405    405    405    405    405
list_filter_discard        302    405    405    405    405    405    405    405    405    405
list_filter_edit           302    404    404    404    404    404    404    404    404    404
list_filter_new            302    200    200    200    200    200    200    200    200    200
list_filters               302    200    200    200    200    200    200    200    200    200
login                      200    302    302    302    302    302    302    302    302    302
logout                     302    405    405    405    405    405    405    405    405    405
mailing                    302    200    200    200    404    404    404    404    404    404
mailing_addresses          302    404    404    404    404    404    404    404    404    404
mailing_filter_back        302    405    405    405    405    405    405    405    405    405
mailing_filter_discard     302    405    405    405    405    405    405    405    405    405
mailing_labels             302    404    404    404    404    404    404    404    404    404
mailing_list               302    200    200    200    200    200    404    404    404    404
mailing_new                302    200    200    200    200    200    404    404    404    404
mailing_pdf                302    404    404    404    404    404    404    404    404    404
mailing_progress           302    200    200    200    404    404    404    404    404    404
mailing_take_back          302    405    405    405    405    405    405    405    405    405
manual                     302    200    200    200    200    200    200    200    200    200
manual_page                302    200    200    200    200    200    200    200    200    200
manual_picture             302    200    200    200    200    200    200    200    200    200
member_arrived             302    200    200    200    404    404    404    404    404    404
member_awaited             302    405    405    405    405    405    405    405    405    405
member_born                302    200    200    200    404    404    404    404    404    404
member_edit                302    200    200    200    404    404    404    404    404    404
member_leave               302    200    200    200    404    404    404    404    404    404
member_new                 302    200    200    200    404    404    404    404    404    404
member_return              302    405    405    405    405    405    405    405    405    405
member_unborn              302    405    405    405    405    405    405    405    405    405
message_cancel             302    404    404    200    404    404    404    404    404    404
message_repeat             302    405    405    405    405    405    405    405    405    405
minutes_close              302    405    405    405    405    405    405    405    405    405
minutes_open               302    405    405    405    405    405    405    405    405    405
minutes_opened             302    200    200    200    404    404    200    200    404    404
move_take_back             302    405    405    405    405    405    405    405    405    405
move_undo                  302    405    405    405    405    405    405    405    405    405
my_month                   302    200    200    200    200    200    404    404    404    404
need_archive               302    405    405    405    405    405    405    405    405    405
need_edit                  302    200    200    200    404    404    404    404    404    404
need_meet                  302    405    405    405    405    405    405    405    405    405
need_new                   302    200    200    200    404    404    200    200    404    404
need_reopen                302    405    405    405    405    405    405    405    405    405
need_restore               302    405    405    405    405    405    405    405    405    405
news                       302    200    200    200    200    200    404    404    404    404
news_seen                  302    405    405    405    405    405    405    405    405    405
note_correct               302    200    200    200    404    404    404    404    404    404
note_edit                  302    200    404    404    404    404    404    404    404    404
note_new                   302    200    200    200    404    404    404    404    404    404
notice_list                302    200    200    200    200    200    200    200    200    200
notice_read                302    405    405    405    405    405    405    405    405    405
notices_read               302    405    405    405    405    405    405    405    405    405
offered_dwellings          302    200    200    200    200    200    200    200    200    404
office_template_change     302    404    404    200    404    404    404    404    404    200
office_template_file       302    404    404    200    404    404    404    404    404    200
office_template_list       302    404    404    200    404    404    404    404    404    200
office_template_new        302    404    404    200    404    404    404    404    404    200
office_template_restore    302    405    405    405    405    405    405    405    405    405
office_template_retire     302    405    405    405    405    405    405    405    405    405
open_hour_new              302    200    200    200    200    200    404    404    404    404
open_hour_take_back        302    405    405    405    405    405    405    405    405    405
outbox                     302    403    403    200    403    403    403    403    403    200
outside_issue              302    405    405    405    405    405    405    405    405    405
outside_law_new            302    200    200    200    404    404    404    404    404    404
outside_mail               302    405    405    405    405    405    405    405    405    405
outside_new                302    200    200    200    404    404    404    404    404    404
outside_record             302    200    200    200    404    404    404    404    404    404
outside_release_new        302    200    200    200    404    404    404    404    404    404
outside_reply              302    200    200    200    404    404    404    404    404    404
outside_sheet              302    200    200    200    404    404    404    404    404    404
own_time_cancel            302    405    405    405    405    405    405    405    405    405
own_time_edit              302    200    404    404    404    404    404    404    404    404
own_time_new               302    200    200    200    200    200    200    200    200    200
own_time_restore           302    405    405    405    405    405    405    405    405    405
owner                      302    404    404    404    404    404    200    200    404    404
owner_edit                 302    404    404    404    404    404    200    200    404    404
owner_list                 302    404    404    404    404    404    200    200    404    404
participant_mark           302    405    405    405    405    405    405    405    405    405
partner_letter             302    404    404    404    404    404    200    200    404    404
partner_letter_discard     302    405    405    405    405    405    405    405    405    405
partner_letter_edit        302    404    404    404    404    404    200    200    404    404
partner_letter_new         302    404    404    404    404    404    200    200    404    404
partner_letter_pdf         302    404    404    404    404    404    200    200    404    404
partner_letter_restore     302    405    405    405    405    405    405    405    405    405
partner_letter_sent        302    404    404    404    404    404    200    200    404    404
partner_letter_take_back   302    405    405    405    405    405    405    405    405    405
partner_letters            302    404    404    404    404    404    200    200    404    404
password_change            302    200    200    200    200    200    200    200    200    200
pathway_advance            302    200    200    200    404    404    200    200    404    404
pathway_start              302    405    405    405    405    405    405    405    405    405
pathway_take_back          302    200    200    200    404    404    200    200    404    404
person_merge               302    200    200    200    404    404    404    404    404    404
photo_caption              302    404    404    404    404    404    200    200    404    404
photo_image                302    404    404    404    404    404    200    200    404    404
photo_list                 302    404    404    404    404    404    200    200    404    404
photo_move                 302    405    405    405    405    405    405    405    405    405
photo_remove               302    404    404    404    404    404    200    200    404    404
photo_small                302    404    404    404    404    404    200    200    404    404
place_edit                 302    404    404    200    404    404    404    404    404    200
place_list                 302    200    200    200    200    200    200    200    200    200
place_new                  302    404    404    200    404    404    404    404    404    200
place_remove               302    405    405    405    405    405    405    405    405    405
place_restore              302    405    405    405    405    405    405    405    405    405
place_sketch               302    200    200    200    404    404    404    404    200    200
place_sketch_new           302    404    404    200    404    404    404    404    404    200
placement                  302    200    200    200    404    404    200    200    404    404
placement_new              302    404    404    404    404    404    200    200    404    404
placement_step             302    404    404    404    404    404    200    200    404    404
plan                       302    200    200    200    404    404    200    200    404    404
plan_move                  302    405    405    405    405    405    405    405    405    405
plan_pdf                   302    200    200    200    404    404    200    200    404    404
referral                   302    200    200    200    404    404    200    200    404    404
referral_complete          302    404    404    404    404    404    200    200    404    404
referral_end               302    200    200    200    404    404    404    404    404    404
referral_figures           302    200    200    200    200    200    404    404    404    404
referral_list              302    200    200    200    200    200    404    404    404    404
referral_new               302    200    200    200    404    404    404    404    404    404
referral_remind            302    405    405    405    405    405    405    405    405    405
release_list               302    200    200    200    404    404    404    404    404    404
release_new                302    200    200    200    404    404    404    404    404    404
release_pdf                302    200    200    200    404    404    404    404    404    404
release_sign               302    200    200    200    404    404    404    404    404    404
release_withdraw           302    200    200    200    404    404    404    404    404    404
reminder_list              302    200    200    200    404    404    404    404    404    404
reminding_agree            302    405    405    405    405    405    405    405    405    405
reminding_end              302    405    405    405    405    405    405    405    405    405
report                     302    200    200    200    200    200    200    200    200    403
report_cases               302    200    200    200    200    200    200    200    200    403
residence_edit             302    200    200    200    404    404    404    404    404    404
right_edit                 302    404    404    404    404    404    200    200    404    404
right_new                  302    404    404    404    404    404    200    200    404    404
right_remove               302    404    404    404    404    404    200    200    404    404
right_restore              302    405    405    405    405    405    405    405    405    405
round                      302    404    404    404    404    404    200    200    404    404
round_list                 302    404    404    404    404    404    200    200    404    404
round_new                  302    405    405    405    405    405    405    405    405    405
round_progress             302    404    404    404    404    404    200    200    404    404
round_propose              302    404    404    404    404    404    200    200    404    404
search                     302    200    200    200    200    200    200    200    200    200
search_profile_edit        302    200    200    200    404    404    404    404    404    404
search_suggest             302    405    405    405    405    405    405    405    405    405
series_cancel              302    200    200    200    404    404    404    404    404    404
series_edit                302    200    200    200    404    404    404    404    404    404
series_new                 302    200    200    200    404    404    200    200    404    404
series_reopen              302    405    405    405    405    405    405    405    405    405
shared_home                302    200    200    200    404    404    404    404    404    404
shared_home_remove         302    405    405    405    405    405    405    405    405    405
shared_home_restore        302    405    405    405    405    405    405    405    405    405
sheet                      302    200    404    404    404    404    404    404    404    404
sheet_choose               302    405    405    405    405    405    405    405    405    405
sheet_columns              302    200    404    404    404    404    404    404    404    404
sheet_drop                 302    200    404    404    404    404    404    404    404    404
sheet_list                 302    200    200    200    200    200    200    200    404    404
sheet_progress             302    200    404    404    404    404    404    404    404    404
sheet_refused              302    200    404    404    404    404    404    404    404    404
sheet_take                 302    405    405    405    405    405    405    405    405    405
sheet_take_back            302    302    404    404    404    404    404    404    404    404
site_hours_edit            302    404    404    200    404    404    404    404    404    200
sketch_remove              302    405    405    405    405    405    405    405    405    405
sketch_restore             302    405    405    405    405    405    405    405    405    405
step_done                  302    405    405    405    405    405    405    405    405    405
step_drop                  302    405    405    405    405    405    405    405    405    405
step_edit                  302    200    200    200    404    404    404    404    404    404
step_new                   302    200    200    200    404    404    404    404    404    404
step_reopen                302    405    405    405    405    405    405    405    405    405
support_circle             302    200    200    200    404    404    200    200    404    404
task_cancel                302    405    405    405    405    405    405    405    405    405
task_done                  302    200    200    200    404    404    404    404    404    404
task_edit                  302    200    200    200    404    404    404    404    404    404
task_list                  302    200    200    200    200    200    200    200    404    404
task_new                   302    200    200    200    404    404    200    200    404    404
task_reopen                302    405    405    405    405    405    405    405    405    405
team                       302    403    403    200    403    403    403    403    403    403
text_block_edit            302    200    200    200    404    404    404    404    404    404
text_block_list            302    200    200    200    200    200    404    404    404    404
text_block_new             302    200    200    200    200    200    404    404    404    404
text_block_remove          302    405    405    405    405    405    405    405    405    405
text_block_restore         302    405    405    405    405    405    405    405    405    405
timesheet                  302    200    200    200    200    200    404    404    404    404
today                      302    200    200    200    200    200    200    200    200    200
today_cover                302    200    200    200    200    200    200    200    200    200
today_of                   302    404    404    200    404    404    404    404    404    404
today_team                 302    404    404    200    404    404    404    404    404    404
tour_hide                  302    405    405    405    405    405    405    405    405    405
tour_show                  302    405    405    405    405    405    405    405    405    405
version_remove             302    405    405    405    405    405    405    405    405    405
version_restore            302    405    405    405    405    405    405    405    405    405
weekly_time_edit           302    200    404    404    404    404    404    404    404    404
weekly_time_end            302    405    405    405    405    405    405    405    405    405
weekly_time_new            302    200    200    200    200    200    200    200    200    200
weekly_time_resume         302    405    405    405    405    405    405    405    405    405
weekly_times               302    200    200    200    200    200    200    200    200    200
who_sees                   302    200    200    200    404    404    200    200    404    404
work_take_back             302    405    405    405    405    405    405    405    405    405
"""

PERSONS = TABLE.split("\n")[1].split()[1:]
EXPECTED = {
    name: dict(zip(PERSONS, map(int, answers), strict=True))
    for name, *answers in (line.split() for line in TABLE.strip().splitlines()[1:])
}

TEAM, PLACERS = {"amira", "bernd", "elif"}, {"jonas", "katja"}
EVERYBODY = set(PERSONS) - {"anon"}
OF_ABSENCE = {f"absence_{act}": {"amira", "elif"} for act in ("cancel", "end", "restore", "resume")}
MAY_POST = OF_ABSENCE | {
    "list_filter_back": set(), "list_filter_discard": set(),
    "cover_seen": {"bernd"}, "work_take_back": {"amira"}, "approval_reopen": {"amira"},
    "approval_withdraw": {"amira"},
    "minutes_close": TEAM, "minutes_open": TEAM, "appointment_inviting": TEAM, "conference_inviting": TEAM,
    "appointment_mark": TEAM, "case_reopen": TEAM | PLACERS, "contact_link": TEAM, "contact_take_back": TEAM,
    "contact_unlink": TEAM, "feed_revoke": EVERYBODY, "interpreter_cancel": TEAM, "interpreter_reopen": TEAM,
    "move_undo": TEAM, "own_time_cancel": {"amira"}, "own_time_restore": {"amira"},
    "weekly_time_end": {"amira"}, "weekly_time_resume": {"amira"}, "place_remove": {"elif", "lars"},
    "place_restore": {"elif", "lars"}, "sketch_remove": {"elif", "lars"}, "sketch_restore": {"elif", "lars"}, "series_reopen": TEAM,
    "open_hour_take_back": TEAM, "conference_cancel": TEAM, "conference_restore": TEAM,
    "helper_return": TEAM, "participant_mark": TEAM, "dwelling_archive": PLACERS, "dwelling_restore": PLACERS,
    "office_template_restore": {"elif", "lars"}, "office_template_retire": {"elif", "lars"},
    "referral_remind": TEAM, "outside_issue": TEAM, "outside_mail": TEAM,
    "goal_reach": TEAM, "goal_reopen": TEAM, "housing_search_resume": PLACERS, "housing_search_take_on": set(),
    "household_unseparate": TEAM, "kinship_remove": TEAM, "kinship_restore": TEAM, "member_awaited": TEAM,
    "member_unborn": TEAM,
    "import_again": PLACERS, "import_take": PLACERS, "letter_discard": TEAM, "letter_reopen": TEAM,
    "letter_restore": TEAM, "letter_take_back": TEAM, "letting_reopen": PLACERS, "letting_withdraw": PLACERS,
    "logout": EVERYBODY, "mailing_take_back": TEAM, "member_return": TEAM, "message_repeat": {"elif"}, "move_take_back": TEAM, "need_meet": TEAM, "need_reopen": TEAM,
    "appointment_slip": TEAM, "link_restore": TEAM, "link_revoke": TEAM, "reminding_agree": TEAM,
    "reminding_end": TEAM,
    "notice_read": {"amira"}, "notices_read": EVERYBODY, "pathway_start": TEAM | PLACERS, "photo_move": PLACERS,
    "right_restore": PLACERS, "round_new": PLACERS, "sheet_choose": {"amira"}, "sheet_take": {"amira"}, "search_suggest": EVERYBODY, "step_done": TEAM, "step_drop": TEAM,
    "step_reopen": TEAM, "task_cancel": TEAM, "task_reopen": TEAM, "tour_hide": EVERYBODY, "tour_show": EVERYBODY,
}  # fmt: skip
MAY_POST |= {
    "shared_home_remove": TEAM,
    "shared_home_restore": set(),
    **dict.fromkeys(["partner_letter_discard", "partner_letter_restore", "partner_letter_take_back"], PLACERS),
    "mailing_filter_back": set(),
    "mailing_filter_discard": set(),
    "absence_change_back": {"amira", "elif"},
    "cover_remove": {"amira", "elif"},
    "leaving_take_back": {"elif", "lars"},
    **dict.fromkeys(["handover_note_read", "handover_note_remove", "handover_note_restore"], TEAM),
    **dict.fromkeys(["document_remove", "document_restore", "version_remove", "version_restore"], TEAM),
    **dict.fromkeys(["goal_archive", "goal_restore", "need_archive", "need_restore", "plan_move"], TEAM),
    "household_seen": TEAM | PLACERS, "text_block_remove": TEAM, "text_block_restore": TEAM, "news_seen": TEAM | {"carla", "goran"},
}  # fmt: skip
"""Who may press the buttons, the addresses that answer to POST alone; nobody else gets further than 404."""

TAKES_NO_POST = {
    "partner_letter_pdf",
    "conference_pdf",
    "handover_note_pdf",
    "handover_pdf",
    "feed_file",
    "document_download",
    "document_file",
    "mailing_addresses",
    "mailing_labels",
    "mailing_pdf",
    "mailing_progress",
    "import_progress",
    "photo_image",
    "photo_small",
    "place_sketch",
    "sheet_progress",
    "sheet_refused",
}


def browser(person: str) -> Client:
    """Return a client of somebody of the cast, or of nobody."""
    client = Client()
    if person != "anon":
        client.force_login(User.objects.get(username=person))
    return client


def counted() -> dict[str, int]:
    """How many rows there are of everything that is guarded, of grants, links and facts."""
    found = {model.__name__: model.objects.for_system(reason="a test counts").count() for model in guarded_models()}
    return found | {model.__name__: model.objects.count() for model in (Grant, PersonLink, Fact)}


def test_every_address_of_the_house_is_in_the_table():
    assert sorted(EXPECTED) == sorted(patterns())
    buttons = {name for name, answers in EXPECTED.items() if answers["amira"] == 405}
    assert buttons == set(MAY_POST)


CLOSED_TO = {
    "amira": ("owner", "street"),
    **dict.fromkeys(["bernd", "elif"], ("owner", "street", "listed", "own_time")),
    **dict.fromkeys(
        ["jonas", "katja"],
        ("journal", "contact", "kin", "need", "residence", "listed", "own_time", "support", "outside", "document"),
    ),
    **dict.fromkeys(["anon", "carla", "goran", "frieda", "lars"], (*SECRETS, "family")),
}
"""Whose pages must not say what, whatever else they show: words of the world that stand for a whole scope."""


@pytest.mark.parametrize("person", PERSONS)
def test_page_answers_as_the_table_says_and_tells_nothing_closed(world, db, now, person):
    client = browser(person)
    pages = {name: client.get(address(name, world["family"])) for name in EXPECTED}
    assert {name: page.status_code for name, page in pages.items()} == {
        name: row[person] for name, row in EXPECTED.items()
    }
    texts = {name: page.content.decode(errors="replace") for name, page in pages.items() if not page.streaming}
    words = [(SECRETS | {"family": "Al-Khatib"})[key] for key in CLOSED_TO[person]]
    assert {(name, word) for name, text in texts.items() for word in words if word in text} == set()
    titles = {name: text.partition("<title>")[2].partition("</title>")[0] for name, text in texts.items()}
    assert {name for name, title in titles.items() if re.search("Al-Khatib|Samira|Yusuf|Lina|Geheim", title)} == set()


@pytest.mark.parametrize("person", PERSONS)
def test_post_without_right_is_not_found_and_changes_nothing(world, db, now, person):
    client, before = browser(person), counted()
    names = [
        name
        for name, row in EXPECTED.items()
        if row[person] == 404 or (name in MAY_POST and person not in MAY_POST[name] and person != "anon")
    ]
    answers = {name: client.post(address(name, world["family"])).status_code for name in names}
    assert answers == {name: 405 if name in TAKES_NO_POST else 404 for name in names}
    assert counted() == before


def test_visitor_posts_into_the_login_and_changes_nothing(world, db, now):
    client, before = browser("anon"), counted()
    names = [name for name, row in EXPECTED.items() if row["anon"] == 302]
    targets = {client.post(address(name, world["family"])).headers["Location"].partition("?")[0] for name in names}
    assert targets == {"/anmelden/"}
    assert counted() == before


def of_household() -> list[str]:
    """The addresses that lead into somebody's Akte: the own team sees them, another site does not."""
    return [name for name, row in EXPECTED.items() if row["amira"] == 200 and row["carla"] == 404]


def test_household_of_another_site_is_not_found(world, db, now):
    client, names = browser("amira"), of_household()
    answers = {name: client.get(address(name, world["foreign"])).status_code for name in names}
    assert answers == dict.fromkeys(names, 404)


def test_referral_that_waits_opens_nothing(world, db, now):
    client = browser("jonas")
    names = [name for name in of_household() if not name.startswith(("aftercare", "placement"))]
    names.remove("referral")  # that somebody is referred is what it says: looked at below
    answers = {name: client.get(address(name, world["waiting"])).status_code for name in names}
    assert answers == dict.fromkeys(names, 404)
    says = ("housing_referral_accept", "housing_search_list", "referral")
    pages = [client.get(address(name, world["waiting"])) for name in says]
    assert [(page.status_code, "Wartend" in page.content.decode()) for page in pages] == [(200, False)] * 3
