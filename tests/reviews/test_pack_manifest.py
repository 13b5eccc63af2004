"""The manifest lists the content by hash, and the seal is the hash of the list."""

import hashlib
import subprocess
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta

from reviews.packs import content, manifest, sample, sections


def _seal(pack: content.Pack) -> str:
    return manifest.seal_of(manifest.manifest_text(pack, manifest.parts(pack)))


def test_every_section_of_every_application_is_a_part() -> None:
    names = [part.part for part in manifest.parts(sample.sample_pack())]
    assert names == [
        *("0", "2.A", "2.B", "2.C", "2.D", "2.E", "2.F", "2.G", "2.V"),
        *("3.A", "3.B", "3.D", "4.A", "4.D", "4.G", "T", "U"),
    ]


def test_the_hash_of_a_part_is_that_of_its_content() -> None:
    for part in manifest.parts(sample.sample_pack()):
        if part.content:
            assert part.sha256 == hashlib.sha256(part.content).hexdigest()


def test_a_changed_letter_gives_another_seal() -> None:
    pack = sample.sample_pack()
    first = pack.applications[0]
    changed = replace(first, about=first.about.replace("2012", "2013"))
    assert _seal(pack) != _seal(replace(pack, applications=(changed, *pack.applications[1:])))
    assert _seal(pack) != _seal(replace(pack, printed_at=pack.printed_at + timedelta(seconds=1)))
    assert _seal(pack) == _seal(sample.sample_pack())


def test_a_change_shows_in_its_own_part_only() -> None:
    pack = sample.sample_pack()
    first = pack.applications[0]
    fewer = replace(first, findings=sample.many_findings(3))
    before = {part.part: part.sha256 for part in manifest.parts(pack)}
    changed = replace(pack, applications=(fewer, *pack.applications[1:]))
    after = {part.part: part.sha256 for part in manifest.parts(changed)}
    assert [part for part in before if before[part] != after[part]] == ["2.D"]


def test_every_copy_of_a_pack_has_the_same_seal() -> None:
    pack = sample.sample_pack()
    assert _seal(pack) == _seal(replace(pack, copy="5 of 12, for someone else"))


def test_a_name_of_two_lines_cannot_forge_a_line_of_the_manifest() -> None:
    pack = sample.sample_pack()
    forged = replace(pack.applications[0], called="Larkspur\n" + "0" * 64 + "  2.B.json")
    text = manifest.manifest_text(pack, manifest.parts(replace(pack, applications=(forged,))))
    listed = [line for line in text.splitlines() if not line.startswith("#")]
    assert len(listed) == len({line.split("  ")[1] for line in listed})


def test_sha256sum_itself_checks_the_parts(tmp_path) -> None:
    pack = sample.sample_pack()
    listed = manifest.parts(pack)
    (tmp_path / "manifest.txt").write_text(manifest.manifest_text(pack, listed), encoding="utf-8")
    for part in listed:
        if part.content:
            (tmp_path / part.filename).write_bytes(part.content)
    command = ["sha256sum", "--strict", "-c", "manifest.txt"]
    whole = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    (tmp_path / "2.A.json").write_bytes(b"{}")
    changed = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (whole.returncode, changed.returncode) == (0, 1)


def test_no_class_has_a_place_for_legacy_readiness() -> None:
    classes = [
        thing
        for module in (content, sections)
        for thing in vars(module).values()
        if isinstance(thing, type) and is_dataclass(thing)
    ]
    named = {field.name for kind in classes for field in fields(kind)}
    assert len(classes) > 30
    assert [name for name in named if "legacy" in name or "readiness" in name] == []
    assert "legacy readiness" in (content.__doc__ or "")
