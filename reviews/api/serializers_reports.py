"""What the API says of reports."""

from rest_framework import serializers

from participants.access.outputs import Shown


class ReportColumnSerializer(Shown):
    """A column of a part: its key in the rows, its words, and what it holds."""

    key = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.CharField(help_text="text, number or date")


class ReportPartSerializer(Shown):
    """A table of a report."""

    key = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField()
    columns = ReportColumnSerializer(many=True)


class CataloguedReportSerializer(Shown):
    """A report: what it holds, whom it is for, and what it can be narrowed by."""

    code = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    readers = serializers.CharField()
    source = serializers.CharField()
    filters = serializers.ListField(child=serializers.CharField())
    parts = ReportPartSerializer(many=True)


class ReportRowsSerializer(Shown):
    """One part of a report with all of its rows, as at the end of a day."""

    report = serializers.CharField()
    part = serializers.CharField()
    as_of = serializers.DateField()
    scope = serializers.CharField()
    columns = ReportColumnSerializer(many=True)
    rows = serializers.ListField(child=serializers.DictField())
