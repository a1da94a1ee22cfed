"""Addresses of the course of referrals."""

from django.urls import path

from .views import referrals

urlpatterns = [
    path("ueberweisungen/", referrals.referral_list, name="referral_list"),
    path("ueberweisungen/zahlen/", referrals.referral_figures, name="referral_figures"),
    path("ueberweisungen/<uuid:referral>/", referrals.referral, name="referral"),
    path("ueberweisungen/<uuid:referral>/erinnern/", referrals.referral_remind, name="referral_remind"),
    path("ueberweisungen/<uuid:referral>/erledigt/", referrals.referral_complete, name="referral_complete"),
]
