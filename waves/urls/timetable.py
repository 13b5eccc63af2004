"""The timetable as living data: drafts, their impact, publishing."""

urlpatterns: list = []
