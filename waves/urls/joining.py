"""The Pre-Qualification form and the change of a route."""

urlpatterns: list = []
