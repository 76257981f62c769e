"""Pages of registering learners and of gathering evidence."""
