"""Claims, marks and months as Hypothesis draws them: close together, so that they often meet."""

from datetime import date, timedelta

from hypothesis import strategies as st

from kimbilio.mat.choices import DayMark, StepKind

FIRST = date(2025, 4, 20)
SPAN = 60  # two ends of months lie in it
days = st.integers(0, SPAN).map(lambda number: FIRST + timedelta(days=number))
kinds = st.sampled_from(list(StepKind))
# Death and leaving end stories; as often as the others they would end nearly all of them.
usual_kinds = st.sampled_from(
    [kind for kind in StepKind if kind not in (StepKind.DIED, StepKind.STOPPED_BY_CLINIC)]
)
claims = st.lists(st.tuples(days, st.one_of(usual_kinds, usual_kinds, usual_kinds, kinds)), max_size=8)
day_marks = st.sampled_from([DayMark.DOSED, DayMark.MISSED, DayMark.MISSED, *DayMark])
marks = st.dictionaries(days, day_marks, max_size=25)
