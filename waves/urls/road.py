"""The road on one page, the portfolio, calendar feeds."""

urlpatterns: list = []
