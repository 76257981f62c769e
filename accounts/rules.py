"""Why an invitation cannot be used."""

from accounts.models import Invitation
from audit.actors import now
from audit.rules import Refusal


def refuse_accept(*, invitation: Invitation) -> Refusal | None:
    if invitation.accepted_at is not None or invitation.user.has_usable_password():
        return Refusal("INPUT", "This invitation has been used. Sign in with your email address and password.")
    if invitation.expires_at <= now():
        return Refusal("INPUT", "This invitation has expired. Ask your centre to send you a new one.")
    return None
