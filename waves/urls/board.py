"""The wave board: places, capacity, what-if."""

from django.urls import path

from waves.views import board, board_copy, board_own

_COPY = "desk/waves/what-if/<uuid:scenario>/"

urlpatterns = [
    path("desk/waves/", board.board, name="board"),
    path("desk/waves/move/", board.move, name="move"),
    path("desk/waves/waiting/", board.waiting, name="waiting"),
    path("desk/waves/criteria/", board.criteria, name="criteria"),
    path("desk/waves/capacity/", board.capacity, name="capacity"),
    path("desk/waves/capacity/<slug:route>/", board.set_capacity, name="set_capacity"),
    path("desk/waves/flags/<uuid:flag>/", board.settle_flag, name="settle_flag"),
    path("desk/waves/places/<uuid:qualification>/", board.place, name="place"),
    path("desk/waves/places/<uuid:qualification>/<slug:act>/", board.place_act, name="place_act"),
    path("desk/waves/what-if/new/", board_copy.new_what_if, name="new_what_if"),
    path(_COPY, board_copy.show, name="what_if"),
    path(f"{_COPY}put/", board_copy.put, name="put"),
    path(f"{_COPY}put-many/", board_copy.put_many, name="put_many"),
    path(f"{_COPY}reviewers/", board_copy.lose_reviewers, name="lose_reviewers"),
    path(f"{_COPY}cap/", board_copy.cap, name="cap"),
    path(f"{_COPY}assistant/", board_copy.assist, name="assist"),
    path(f"{_COPY}propose/", board_copy.propose, name="propose"),
    path(f"{_COPY}apply/", board_copy.apply, name="apply"),
    path(f"{_COPY}look-again/", board_copy.look_again, name="look_again"),
    path(f"{_COPY}discard/", board_copy.discard, name="discard"),
    path("o/<slug:organisation>/wave/", board_own.own_wave, name="own_wave"),
    path(
        "o/<slug:organisation>/wave/<uuid:qualification>/<slug:act>/",
        board_own.own_act,
        name="own_act",
    ),
]
