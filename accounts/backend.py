"""How a session finds its account: with the participant, and whether there are roles at all, in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from accounts.models import Membership, User


class AccountBackend(AuthenticationBackend):
    """allauth's backend, which reads at once what every request of somebody signed in needs."""

    def get_user(self, user_id: int) -> User | None:
        """The account `user_id` where it may sign in; see `User.has_roles`."""
        roles = Membership.objects.filter(user=OuterRef("pk"))
        users = User.objects.select_related("participant").annotate(holds_roles=Exists(roles))
        user = users.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.has_roles = user.holds_roles
        return user
