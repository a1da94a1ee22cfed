"""What services may want to know of the trunk; receivers run inside the same transaction."""

from django.dispatch import Signal

# Sent with `referral`, `by`, `at`, when passing on to the receiver has ended.
referral_ended = Signal()

# Sent with `referral`, `by`, `at`, when a referral has been sent.
referral_sent = Signal()

# Sent with `akte`, `persons` (ids), `parted`, `at`, when somebody belongs to the household of an Akte no more.
# `parted`: it became two, so that what names nobody may be in the hands of either side. Answered with a list of what
# was changed (see `merge_moving.changed`), so that taking a separation back puts exactly that back.
people_left = Signal()

# Sent with `referral`, `by`, `at`, when a receiver without an account is to be reminded.
referral_reminded = Signal()
