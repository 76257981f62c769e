"""The only writers of the catalogue."""

from quals.actions.importing import Imported, import_pack
from quals.actions.publishing import publish, set_issues_here

__all__ = ["Imported", "import_pack", "publish", "set_issues_here"]
