"""What stands in the waves beside what they can take."""

from waves.capacity import Room, Taken, capped, loads, without_reviewers

ROOMS = {
    "QT_WAVE_2": Room(2, {"BSC": 20, "REC": 3}),
    "QT_WAVE_3": Room(9, {"BSC": 40}),
}


def taken(state: str, route: str = "QT_WAVE_2", **more) -> Taken:
    return Taken(route=route, state=state, bodies=more.pop("bodies", ("BSC", "REC")), **more)


def test_places_are_counted_by_what_they_are():
    found = loads(
        [taken("REQUESTED"), taken("INDICATIVE"), taken("ALLOCATED"), taken("ENGAGED")], ROOMS
    )["QT_WAVE_2"]

    assert (found.requested, found.indicative, found.allocated, found.places) == (1, 1, 2, 4)
    assert found.weeks == {"BSC": 4, "REC": 4}
    assert (found.over_places, found.over_weeks, found.is_over) == (2, {"REC": 1}, True)


def test_r37_whoever_waits_keeps_its_place_and_is_counted_where_it_wishes():
    found = loads(
        [
            taken("WAITLISTED", "QT_WAVE_3", wanted="QT_WAVE_2"),
            taken("OFFERED", "QT_WAVE_3", wanted="QT_WAVE_2"),
        ],
        ROOMS,
    )

    assert (found["QT_WAVE_2"].wishing, found["QT_WAVE_2"].offered) == (1, 1)
    assert (found["QT_WAVE_2"].places, found["QT_WAVE_3"].places) == (0, 2)


def test_r42_whoever_left_for_enduring_arrangements_needs_nobody():
    assert loads([taken("ENDURING")], ROOMS)["QT_WAVE_2"].places == 0


def test_r36_what_is_lacking_is_said_and_a_wave_without_bounds_lacks_nothing():
    full = loads([taken("ALLOCATED", weight=2), taken("ALLOCATED")], ROOMS)

    assert full["QT_WAVE_2"].lacks(("BSC", "REC"), 1) == (
        "all 2 places are taken",
        "REC has 3 reviewer-weeks, all given",
    )
    assert full["QT_WAVE_4"].lacks(("BSC",), 9) == ()


def test_fewer_reviewers_take_their_weeks_with_them_in_the_waves_that_were_named():
    found = without_reviewers(ROOMS, "BSC", 2, weeks_each=15, routes=("QT_WAVE_3", "QT_WAVE_4"))

    assert found["QT_WAVE_3"].weeks == {"BSC": 10}
    assert found["QT_WAVE_2"] == ROOMS["QT_WAVE_2"]
    assert without_reviewers(ROOMS, "BSC", 9)["QT_WAVE_3"].weeks == {"BSC": 0}
    assert capped(ROOMS, "QT_WAVE_3", 1)["QT_WAVE_3"] == Room(1, {"BSC": 40})
