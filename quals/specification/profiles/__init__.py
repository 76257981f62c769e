"""The facts of a qualification that a document prints in its profile, its summary or running text."""
