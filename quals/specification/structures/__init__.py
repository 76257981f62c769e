"""How a qualification is put together: groups, the units in each, and where a document prints them."""
