"""From the sentences of a structure to its rules of combination."""
