"""When, and along which road: the tables of this floor, a module for each matter."""

from waves.models.clocks import Obligation, Reminder, SweepHeartbeat
from waves.models.feeds import CalendarFeed
from waves.models.joining import PreQualification, PreQualificationVersion
from waves.models.places import Dependant, Place, PlaceNote, Scenario, WaveCapacity
from waves.models.reliance import Reliance, RelianceLink, RelianceOpinion, RelianceVersion
from waves.models.testing import (
    CompletionReport,
    Defect,
    Deliverable,
    EntryCheck,
    Milestone,
    TestCase,
    TestPlan,
    TestProgress,
    WorkOff,
    WorkOffAgreement,
)
from waves.models.timetable import Timetable, TimetableDraft

__all__ = [
    "CalendarFeed",
    "CompletionReport",
    "Defect",
    "Deliverable",
    "Dependant",
    "EntryCheck",
    "Milestone",
    "Obligation",
    "Place",
    "PlaceNote",
    "PreQualification",
    "PreQualificationVersion",
    "Reliance",
    "RelianceLink",
    "RelianceOpinion",
    "RelianceVersion",
    "Reminder",
    "Scenario",
    "SweepHeartbeat",
    "TestCase",
    "TestPlan",
    "TestProgress",
    "Timetable",
    "TimetableDraft",
    "WaveCapacity",
    "WorkOff",
    "WorkOffAgreement",
]
