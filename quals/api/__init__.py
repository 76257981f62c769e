"""The catalogue for other systems: read only, in the name of whoever is signed in."""

from quals.api.catalogue import QualificationList, QualificationPack, Schema

__all__ = ["QualificationList", "QualificationPack", "Schema"]
