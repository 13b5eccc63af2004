from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        """Tell the floors below whom to ask for the bodies' opinions, and what else comes due."""
        from reviews import opinions as judgement  # noqa: PLC0415 (models are there only now)
        from reviews.services import plans_due  # noqa: PLC0415
        from submissions import opinions  # noqa: PLC0415
        from waves.services import sweep  # noqa: PLC0415

        opinions.told_by(judgement.of_parts)
        sweep.also(plans_due.speak)
