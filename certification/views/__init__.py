"""Pages of certification, and the homes that look across everything."""

from certification.views.certificates import certificate, check, document
from certification.views.claims import claim, claim_progress, claim_status, claims, make_again
from certification.views.homes import administrator_home, eqa_home, home
from certification.views.registrations import registration, trail

__all__ = [
    "administrator_home",
    "certificate",
    "check",
    "claim",
    "claim_progress",
    "claim_status",
    "claims",
    "document",
    "eqa_home",
    "home",
    "make_again",
    "registration",
    "trail",
]
