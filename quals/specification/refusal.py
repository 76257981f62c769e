"""How the importer says that a document cannot become a pack."""


class NotASpecification(Exception):
    """No specification, or one in a layout that cannot be read yet; `message` is one sentence."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def layout_unknown(why: str) -> NotASpecification:
    return NotASpecification(
        f"This is a specification, but its layout ({why}) cannot be read yet: nothing was imported."
    )
