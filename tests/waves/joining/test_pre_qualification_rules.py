"""What a Pre-Qualification Submission lacks, how two texts differ, and how two saves meet."""

from waves import pre_qualification as rules

FULL = {
    "preferred_route": "QT_WAVE_3",
    "preferences": {},
    "key_contact_name": "Gwen Marlow",
    "key_contact_email": "gwen@example.org",
    "pit_approach": "One cycle.",
    "pit_timescales": "By June.",
    "pit_complete_on": "",
    "target_migration_on": "2026-09-01",
    "reliance": "None.",
    "mpids_not_taken_forward": "None",
    "legacy_readiness": "Letter sent.",
}


def test_r029_each_mandatory_field_is_asked_for_by_itself():
    assert rules.objections(FULL, is_existing=True) == {}
    optional = {"preferences", "pit_complete_on"}
    for name in FULL.keys() - optional:
        assert set(rules.objections(FULL | {name: " "}, is_existing=True)) == {name}


def test_r030_a_new_entrant_is_not_asked_about_legacy_arrangements():
    assert rules.objections(FULL | {"legacy_readiness": ""}, is_existing=False) == {}


def test_r027_only_waves_are_preferred():
    assert set(rules.misfits({"preferred_route": "SIT_M10_READY"})) == {"preferred_route"}
    assert set(rules.misfits({"preferences": {"SUPPLIER": "SIT_M10_READY"}})) == {"preferences"}
    assert rules.misfits(FULL) == {}


def test_r030_differences_leave_the_legacy_part_to_those_who_read_it():
    after = FULL | {"legacy_readiness": "Late.", "target_migration_on": "2026-10-01"}

    everything = rules.differences(FULL, after)
    others = rules.differences(FULL, after, reads_legacy=False)

    assert [each.field for each in everything] == ["target_migration_on", "legacy_readiness"]
    assert [(each.label, each.before, each.after) for each in others] == [
        ("Target date of migration", "Tue 1 Sep 2026", "Thu 1 Oct 2026")
    ]


def test_two_saves_of_different_fields_fit_and_of_one_field_are_chosen():
    theirs = FULL | {"pit_approach": "Two cycles.", "reliance": "On nobody."}
    yours = FULL | {"pit_approach": "Three cycles.", "pit_timescales": "By July."}
    met = rules.meetings(FULL, theirs, yours)

    assert {each.field: each.kind for each in met} == {
        "pit_approach": rules.CHOICE,
        "pit_timescales": rules.YOURS,
        "reliance": rules.THEIRS,
    }
    assert rules.merged(met, {}) is None
    assert rules.merged(met, {"pit_approach": rules.THEIRS}) == {
        "pit_approach": "Two cycles.",
        "pit_timescales": "By July.",
        "reliance": "On nobody.",
    }


def test_r134_mpids_left_behind_are_found_by_their_codes():
    said = {"mpids_not_taken_forward": "abcd, and EFGH (surrendered)."}

    assert rules.left_behind(said, ["ABCD", "EFGH", "SURR"]) == ("ABCD", "EFGH")
