"""Qualifications as 1EdTech CASE 1.1 sees them, and frameworks that come as CASE packages: pure Python, no Django.

    package_of(framework, pack, matches)        # a pack of one qualification becomes a CASE package
    pack_from(package, name, sha256)            # and a CASE package a pack, whoever made it
    lines_of(package)                           # what the pack's line numbers point at
    read_package(package, name, sha256)         # both in one reading

What CASE has no room for (credits, groups, rules of combination, evidence requirements) travels in `extensions` under
a key of our own, so that nothing is lost on the way out and in again; everybody else's software leaves it alone.
"""

from .reading import is_package, lines_of, pack_from, read_package
from .writing import Framework, Match, document_of, package_of

__all__ = ["Framework", "Match", "document_of", "is_package", "lines_of", "pack_from", "package_of", "read_package"]
