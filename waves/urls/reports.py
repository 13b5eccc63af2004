"""Reports of this floor, on screen and as files."""

urlpatterns: list = []
