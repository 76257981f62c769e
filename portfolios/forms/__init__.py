"""Forms of registering learners and of describing evidence; their choices are handed to them by the view."""
