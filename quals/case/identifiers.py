"""Where CASE's identifiers come from: none is stored, and each is the same for as long as the catalogue stands.

- A CFDocument has the public id of its qualification. Reading the qualification's document again, filling in its
  wording or publishing it leaves that id as it is.
- Whatever is in its package has the uuid5 of NAMESPACE and "<document>/<path>", where the path is the one by which
  the pack names the thing ("units/6", "units/6/outcomes/1/criteria/1.1"; an association has its kind before the path
  of its origin). A unit that two qualifications share is an item of each: a package is whole in itself.
- The first 32 bits of such a uuid5 are those of its document, so that the document of an item is found by its
  identifier alone, in however large a catalogue.
- A type of item has the uuid5 of NAMESPACE and "item-types/<title>", the same in every installation.
"""

from uuid import UUID, uuid5

NAMESPACE = UUID("6ed05bac-5981-4842-b9ed-5e573b6bbfe7")
_SHARED = 96  # the bits that are the thing's own


def identifier_of(document: UUID, path: str) -> UUID:
    """The identifier of what the path names in that document's package."""
    own = uuid5(NAMESPACE, f"{document}/{path}").int & ((1 << _SHARED) - 1)
    return UUID(int=document.int >> _SHARED << _SHARED | own)


def document_between(identifier: UUID) -> tuple[UUID, UUID]:
    """The first and the last identifier that the document of this thing can have."""
    first = identifier.int >> _SHARED << _SHARED
    return UUID(int=first), UUID(int=first | ((1 << _SHARED) - 1))


def type_identifier(title: str) -> UUID:
    return uuid5(NAMESPACE, f"item-types/{title}")
