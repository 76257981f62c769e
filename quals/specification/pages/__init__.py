"""A document cut into the pages of its units."""
