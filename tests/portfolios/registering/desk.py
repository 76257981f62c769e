"""What the tests of the administrator's pages read off them."""


def page_of(answer) -> str:
    """What the page says, as words with single spaces."""
    return " ".join(answer.content.decode().split())


def said(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def is_ticked(answer, unit) -> bool:
    return f'value="{unit.public_id}" checked' in answer.content.decode()
