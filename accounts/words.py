"""Sentences of allauth that read otherwise in our Indonesian: named here so that our catalogue keeps them.

Django finds a translation in our catalogues before those of packages.
"""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Code"),
    gettext_noop("Email"),
    gettext_noop("Forgot your password?"),
    gettext_noop("A sign-in code has been sent to %(recipient)s."),
    gettext_noop("A user is already registered with this email address."),
    gettext_noop("Confirmation email sent to %(email)s."),
    gettext_noop("Removed email address %(email)s."),
    gettext_noop("Primary email address set."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("The email address is not assigned to any user account."),
    gettext_noop("This email address is already associated with this account."),
    gettext_noop("You cannot remove your primary email address."),
    gettext_noop("You cannot remove your primary email address (%(email)s)."),
    gettext_noop("Your primary email address must be verified."),
    gettext_noop("Incorrect code."),
    gettext_noop("Be patient, you are sending too many requests."),
)
