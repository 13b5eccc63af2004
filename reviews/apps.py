from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        """Tell the owner's pages, a floor below, whom to ask for the bodies' opinions."""
        from reviews import opinions as judgement  # noqa: PLC0415 (models are there only now)
        from submissions import opinions  # noqa: PLC0415

        opinions.told_by(judgement.of_parts)
