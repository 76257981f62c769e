"""The documents that are written as CASE and read back."""

from tests.quals.specification.conftest import demonstration, demonstration_pack, specifications

__all__ = ["demonstration", "demonstration_pack", "specifications"]
