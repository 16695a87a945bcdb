"""Checks of what a policy is accounted by: reports, audits with their standards, and patterns."""

from collections.abc import Iterator

from hearth.policy.durations import NotADuration, parse
from hearth.policy.packs.auditing import OF_RULE, Audit, Report, Scale, Standard
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.patterns import DIFFERENT, THE_SAME, Threshold
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.staffing import check_again

WHOLE = 100
# The word lists of those one reports to: agencies one also refers to, and boards and partnerships one does not.
OUTSIDE = ("agency", "body")


def check_accounting(pack: Pack) -> Iterator[Problem]:
    """Reports, audits and patterns name what is there and can be counted."""
    for report in pack.reports.values():
        yield from check_report(report, pack)
    for metric in pack.metrics.values():
        clock = metric.counts.removeprefix(OF_RULE)
        if clock != metric.counts and clock not in pack.rules:
            yield Problem(metric.place, f"there is no rule “{clock}”")
    for audit in pack.audits.values():
        yield from check_audit(audit)
        if not any(each.audit == audit.id for each in pack.standards.values()):
            yield Problem(audit.place, f"“{audit.id}” has no standard, so nothing can be scored")
    for standard in pack.standards.values():
        yield from check_standard(standard, pack)
    for threshold in pack.thresholds.values():
        yield from check_threshold(threshold)


def check_report(report: Report, pack: Pack) -> Iterator[Problem]:
    outside = {word.code for name in OUTSIDE if name in pack.words for word in pack.words[name].words}
    if not report.audience:
        yield Problem(report.place, "say for whom: “audience” names posts, agencies or bodies")
    for name in report.audience:
        if name not in pack.posts and name not in outside:
            yield Problem(report.place, f"there is no post, no agency and no body “{name}”")
    for name in report.metrics:
        if name not in pack.metrics:
            yield Problem(report.place, f"there is no metric “{name}”")
    yield from check_again(report.every, report.place)
    if report.due:
        yield from check_due(report)


def check_due(report: Report) -> Iterator[Problem]:
    """ "30 working days after": how long after the period it is due."""
    amount, _, after = report.due.rpartition(" ")
    try:
        if after == "after" and parse(amount).is_measured:
            return
    except NotADuration:
        pass
    yield Problem(
        report.place, f"“{report.due}”: write how long after the period it is due, as “30 working days after”"
    )


def check_audit(audit: Audit) -> Iterator[Problem]:
    yield from check_again(audit.every, audit.place)
    if audit.steps and audit.scale is not Scale.PERCENT:
        yield Problem(audit.place, "only a scale in per cent has “steps”")
    if audit.steps and WHOLE % audit.steps:
        yield Problem(audit.place, f"steps of {audit.steps} per cent do not come to a hundred")
    if not audit.self_scored and not audit.moderated:
        yield Problem(audit.place, f"nobody scores “{audit.id}”: it is “self_scored”, “moderated” or both")


def check_standard(standard: Standard, pack: Pack) -> Iterator[Problem]:
    audit = pack.audits.get(standard.audit)
    if audit is None:
        yield Problem(standard.place, f"there is no audit “{standard.audit}”")
    elif standard.weight > 1 and audit.scale is not Scale.PERCENT:
        yield Problem(standard.place, "only a standard of an audit in per cent has a “weight”")
    seen, above = {standard.id}, standard.under
    while above:
        upper = pack.standards.get(above)
        if upper is None:
            yield Problem(standard.place, f"there is no standard “{above}”")
            return
        if upper.audit != standard.audit:
            yield Problem(standard.place, f"“{above}” belongs to another audit")
        if above in seen:
            yield Problem(standard.place, f"“{standard.id}” stands under itself")
            return
        seen.add(above)
        above = upper.under


def check_threshold(threshold: Threshold) -> Iterator[Problem]:
    place = threshold.place
    if not threshold.by:
        yield Problem(place, f"say what is the same: “by” names one or more of: {', '.join(sorted(THE_SAME))}")
    for name in sorted(set(threshold.by) - THE_SAME):
        yield Problem(place, f"nothing is counted by “{name}”; it may be: {', '.join(sorted(THE_SAME))}")
    if threshold.distinct and threshold.distinct not in DIFFERENT:
        yield Problem(place, f"“{threshold.distinct}” cannot differ; it may be: {', '.join(sorted(DIFFERENT))}")
    if threshold.distinct in threshold.by:
        yield Problem(place, f"“{threshold.distinct}” cannot be the same and different at once")
    if not threshold.window.is_measured or threshold.window.is_elapsed:
        yield Problem(place, "“window” is counted in days, weeks or months")
