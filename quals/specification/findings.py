"""What a careful person would want to know about a document before its qualification is published."""

from dataclasses import dataclass, field


@dataclass
class Findings:
    """Collects findings while a document is read. Messages hold codes and numbers, never wording."""

    entries: list[dict] = field(default_factory=list)
    _known: set[tuple] = field(default_factory=set)

    def error(self, line: int | None, code: str, subject: str, message: str, **forms: str) -> None:
        """Nothing can be published before somebody decided. `forms` may be `printed` and `read`: what the document
        prints and what it was read as, which a facts-only pack leaves out."""
        self._add("error", line, code, subject, message, forms)

    def warning(self, line: int | None, code: str, subject: str, message: str, **forms: str) -> None:
        """Somebody has to have seen this before publishing."""
        self._add("warning", line, code, subject, message, forms)

    def note(self, line: int | None, code: str, subject: str, message: str, **forms: str) -> None:
        """For information: what the document itself settles."""
        self._add("note", line, code, subject, message, forms)

    def count(self, code: str) -> int:
        return sum(entry["code"] == code for entry in self.entries)

    def as_list(self) -> list[dict]:
        """In the order of the document."""
        return sorted(self.entries, key=lambda entry: (entry["line"] or 0, entry["code"], entry["subject"]))

    def _add(
        self, severity: str, line: int | None, code: str, subject: str, message: str, forms: dict[str, str]
    ) -> None:
        entry = {"line": line, "severity": severity, "code": code, "subject": subject, "message": message}
        entry |= {name: forms[name] for name in ("printed", "read") if forms.get(name)}
        if tuple(entry.values()) not in self._known:
            self._known.add(tuple(entry.values()))
            self.entries.append(entry)
