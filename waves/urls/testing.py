"""Testing: deliverables, plans, progress, defects, gates."""

urlpatterns: list = []
