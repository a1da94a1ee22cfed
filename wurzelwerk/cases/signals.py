"""What services may want to know of the trunk; receivers run inside the same transaction."""

from django.dispatch import Signal

# Sent with `referral`, `by`, `at`, when passing on to the receiver has ended.
referral_ended = Signal()

# Sent with `referral`, `by`, `at`, when a referral has been sent.
referral_sent = Signal()

# Sent with `referral`, `by`, `at`, when a receiver without an account is to be reminded.
referral_reminded = Signal()
