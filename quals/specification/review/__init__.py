"""What people make of a pack after it was read: corrections, doubts put to rest, and what a new issue changes."""
