"""A unit's evidence requirements."""
