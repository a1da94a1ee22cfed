"""Addresses of letters."""

from django.urls import path

from .views import mailings, partners, templates, writing

LETTER = "briefe/<uuid:letter>"
MAILING = "serienbriefe/<uuid:mailing>"
PARTNER, TO_PARTNER = "briefe/partner", "briefe/partner/brief/<uuid:partner_letter>"
TEMPLATE = "briefvorlagen/<uuid:office_template>"

urlpatterns = [
    path("haushalte/<uuid:household>/briefe/", writing.letter_list, name="letter_list"),
    path("haushalte/<uuid:household>/briefe/neu/", writing.letter_new, name="letter_new"),
    path(f"{LETTER}/", writing.letter, name="letter"),
    path(f"{LETTER}/text/", writing.letter_edit, name="letter_edit"),
    path(f"{LETTER}/brief.pdf", writing.letter_pdf_file, name="letter_pdf"),
    path(f"{LETTER}/brief.docx", writing.letter_word, name="letter_word"),
    path(f"{LETTER}/seite-<int:number>.png", writing.letter_page, name="letter_page"),
    path(f"{LETTER}/versand/", writing.letter_sent, name="letter_sent"),
    path(f"{LETTER}/versand/zurueck/", writing.letter_take_back, name="letter_take_back"),
    path(f"{LETTER}/oeffnen/", writing.letter_reopen, name="letter_reopen"),
    path(f"{LETTER}/verwerfen/", writing.letter_discard, name="letter_discard"),
    path(f"{LETTER}/zurueck/", writing.letter_restore, name="letter_restore"),
    path(f"{PARTNER}/<uuid:partner>/", partners.partner_letters, name="partner_letters"),
    path(f"{PARTNER}/<uuid:partner>/neu/", partners.partner_letter_new, name="partner_letter_new"),
    path(f"{TO_PARTNER}/", partners.partner_letter, name="partner_letter"),
    path(f"{TO_PARTNER}/text/", partners.partner_letter_edit, name="partner_letter_edit"),
    path(f"{TO_PARTNER}/brief.pdf", partners.partner_letter_pdf, name="partner_letter_pdf"),
    path(f"{TO_PARTNER}/versand/", partners.partner_letter_sent, name="partner_letter_sent"),
    path(
        f"{TO_PARTNER}/versand/zurueck/",
        partners.partner_letter_take_back,
        name="partner_letter_take_back",
    ),
    path(
        f"{TO_PARTNER}/verwerfen/",
        partners.partner_letter_discard,
        name="partner_letter_discard",
    ),
    path(
        f"{TO_PARTNER}/zurueck/",
        partners.partner_letter_restore,
        name="partner_letter_restore",
    ),
    path("serienbriefe/", mailings.mailing_list, name="mailing_list"),
    path("serienbriefe/neu/", mailings.mailing_new, name="mailing_new"),
    path("serienbriefe/auswahl/<slug:key>/entfernen/", mailings.mailing_filter_discard, name="mailing_filter_discard"),
    path("serienbriefe/auswahl/<slug:key>/zurueck/", mailings.mailing_filter_back, name="mailing_filter_back"),
    path(f"{MAILING}/", mailings.mailing, name="mailing"),
    path(f"{MAILING}/stand/", mailings.mailing_progress, name="mailing_progress"),
    path(f"{MAILING}/briefe.pdf", mailings.mailing_pdf, name="mailing_pdf"),
    path(f"{MAILING}/etiketten.pdf", mailings.mailing_labels, name="mailing_labels"),
    path(f"{MAILING}/anschriften.xlsx", mailings.mailing_addresses, name="mailing_addresses"),
    path(f"{MAILING}/zurueck/", mailings.mailing_take_back, name="mailing_take_back"),
    path("briefvorlagen/", templates.office_template_list, name="office_template_list"),
    path("briefvorlagen/neu/", templates.office_template_new, name="office_template_new"),
    path(f"{TEMPLATE}/fassung/", templates.office_template_change, name="office_template_change"),
    path(f"{TEMPLATE}/vorlage.docx", templates.office_template_file, name="office_template_file"),
    path(f"{TEMPLATE}/beenden/", templates.office_template_retire, name="office_template_retire"),
    path(f"{TEMPLATE}/zurueck/", templates.office_template_restore, name="office_template_restore"),
]
