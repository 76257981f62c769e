"""A unit's outcomes and criteria, whatever kind of table its pages were converted into."""
