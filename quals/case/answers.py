"""What of a CASE package is answered by itself, and the list of documents as a caller wants it."""

import re
from uuid import UUID

MOST = 1_000_000_000
LONGEST_FILTER = 2000
FIELDS = (
    "identifier", "uri", "caseVersion", "creator", "title", "lastChangeDateTime", "description", "adoptionStatus",
    "version", "statusStartDate", "statusEndDate", "notes", "CFPackageURI",
)  # fmt: skip
COMPARED = tuple(name for name in FIELDS if name != "CFPackageURI")
PREDICATE = re.compile(r"([A-Za-z]{1,40})(!=|>=|<=|=|>|<|~)'([^']*)'")
JOINT = re.compile(r" {1,3}(AND|OR) {1,3}", re.IGNORECASE)
COMPARE = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    "~": lambda one, other: other in one,
}


class BadRequest(ValueError):
    """A question that cannot be answered as it was put: the field it is about, CASE's word for it, and a sentence."""

    def __init__(self, field: str, word: str, sentence: str):
        super().__init__(sentence)
        self.field, self.word = field, word


def item_of(package: dict, identifier: UUID) -> dict | None:
    """The CFItem as it stands by itself."""
    return _found(package, "CFItems", identifier)


def association_of(package: dict, identifier: UUID) -> dict | None:
    """The CFAssociation as it stands by itself."""
    return _found(package, "CFAssociations", identifier)


def associations_of(package: dict, identifier: UUID) -> dict | None:
    """The item with all associations that it is an end of."""
    item, name = item_of(package, identifier), str(identifier)
    if item is None:
        return None
    ends = ("originNodeURI", "destinationNodeURI")
    found = [each for each in package["CFAssociations"] if name in [each[end]["identifier"] for end in ends]]
    return {"CFItem": item, "CFAssociations": found}


def types_from(types: list[dict], identifier: UUID) -> list[dict]:
    """The type of item and those below it; none where it is unknown."""
    code = next((each["hierarchyCode"] for each in types if each["identifier"] == str(identifier)), None)
    if code is None:
        return []
    return [each for each in types if f"{each['hierarchyCode']}.".startswith(f"{code}.")]


def _found(package: dict, part: str, identifier: UUID) -> dict | None:
    row = next((each for each in package[part] if each["identifier"] == str(identifier)), None)
    if row is None:
        return None
    document = package["CFDocument"]
    return row | {"CFDocumentURI": {name: document[name] for name in ("title", "identifier", "uri")}}


def as_uuid(text: str) -> UUID:
    """CASE writes identifiers in one way only: 36 characters."""
    try:
        found = UUID(text)
    except ValueError:
        found = None
    if found is None or str(found) != text.lower():
        raise BadRequest("sourcedId", "invalid_uuid", "An identifier is a UUID, written in 36 characters.")
    return found


def matching(documents: list[dict], wanted: str) -> list[dict]:
    """Those that the filter lets through: title~'service' AND adoptionStatus='Adopted'."""
    if not wanted:
        return documents
    predicates, joint = _predicates(wanted)
    combine = any if joint == "OR" else all
    return [each for each in documents if combine(_holds(each, *predicate) for predicate in predicates)]


def _predicates(wanted: str) -> tuple[list[tuple[str, str, str]], str]:
    found, place, joint = [], 0, ""
    while len(found) < 2 and len(wanted) <= LONGEST_FILTER and (match := PREDICATE.match(wanted, place)):
        found.append(_known(match))
        if match.end() == len(wanted):
            return found, joint
        if (between := JOINT.match(wanted, match.end())) is None:
            break
        place, joint = between.end(), between.group(1).upper()
    raise BadRequest(
        "filter", "invalid_selection_field", "A filter is like title='…', or two of them with AND or OR between them."
    )


def _known(match: re.Match) -> tuple[str, str, str]:
    name, sign, value = match.groups()
    if name not in COMPARED:
        raise BadRequest("filter", "invalid_selection_field", f"Documents cannot be filtered by {name}.")
    return name, sign, value


def _holds(document: dict, name: str, sign: str, value: str) -> bool:
    return COMPARE[sign](str(document.get(name, "")).casefold(), value.casefold())


def in_order(documents: list[dict], field: str, order: str) -> list[dict]:
    """Sorted by that field; without one as they came."""
    if order not in {"", "asc", "desc"}:
        raise BadRequest("orderBy", "invalid_sort_field", "The order is asc or desc.")
    if not field:
        return documents[::-1] if order == "desc" else documents
    if field not in COMPARED:
        raise BadRequest("sort", "invalid_sort_field", f"Documents cannot be sorted by {field[:40]}.")
    return sorted(documents, key=lambda each: (str(each.get(field, "")).casefold(), each["identifier"]),
                  reverse=order == "desc")  # fmt: skip


def only_fields(documents: list[dict], fields: str) -> list[dict]:
    """Of each document these fields alone, given as a list with commas; all of them where none is named."""
    names = [name.strip() for name in fields.split(",") if name.strip()]
    unknown = next((name for name in names if name not in FIELDS), None)
    if unknown is not None:
        raise BadRequest("fields", "invalid_selection_field", f"A document has no field {unknown[:40]}.")
    return [{name: each[name] for name in names if name in each} for each in documents] if names else documents


def whole(field: str, text: str, default: int, least: int) -> int:
    """A number of the question: how many, or from where on."""
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= MOST):
        raise BadRequest(field, "invalid_selection_field", f"{field} is a whole number, {least} or more.")
    return int(text)


def pages(total: int, limit: int, offset: int) -> dict[str, int]:
    """Where the other pages of the list begin."""
    last = (total - 1) // limit * limit if total else 0
    found = {"first": 0, "last": last}
    if offset + limit < total:
        found["next"] = offset + limit
    if offset > 0:
        found["prev"] = max(min(offset, total) - limit, 0)
    return found
