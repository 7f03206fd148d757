"""How a session finds its account: with the participant, and whether there are roles at all, in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from accounts.models import Membership, User

_roles = Membership.objects.filter(user=OuterRef("pk"))
_accounts = User.objects.select_related("participant").annotate(holds_roles=Exists(_roles))  # worked out once


class AccountBackend(AuthenticationBackend):
    """allauth's backend, which reads at once what every request of somebody signed in needs."""

    def get_user(self, user_id: int) -> User | None:
        """The account `user_id` where it may sign in; see `User.has_roles`."""
        try:
            user = _accounts.get(pk=user_id)  # `first` would cost half as much again: it orders
        except User.DoesNotExist:
            return None
        if not self.user_can_authenticate(user):
            return None
        user.has_roles = user.holds_roles
        return user
