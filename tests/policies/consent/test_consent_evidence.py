"""What the auditor finds."""

import pytest
from django.db import DatabaseError, connection, transaction

from common.immutable import FrozenError
from policies.consent.counts import counts_by_version
from policies.consent.models import Wording
from tests.policies.consent.visitors import Visitor


@pytest.mark.parametrize("change", ["UPDATE consent_wording SET language = 'xx'", "DELETE FROM consent_wording"])
def test_the_database_refuses_to_change_a_wording(sara, change):
    sara.answers(all="no")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_so_does_the_model(sara):
    sara.answers(all="no")
    with pytest.raises(FrozenError):
        Wording.objects.get().save()


def test_a_wording_is_stored_once_however_many_answer(sara):
    for visitor in (sara, Visitor(), Visitor()):
        visitor.answers(all="yes")
    assert Wording.objects.count() == 1


def test_an_opt_out_is_counted_as_the_no_that_it_is(sara):
    sara.browser.post("/choices/opt-out/")
    assert [row["targeting__refused"] for row in counts_by_version(["targeting"])] == [1]


def test_the_auditor_counts_by_version_in_one_query(sara, announce, django_assert_num_queries):
    bilal = Visitor()
    sara.answers(targeting="yes")
    bilal.answers(targeting="no")
    second = announce(2)
    sara.answers(targeting="no")
    with django_assert_num_queries(1):
        rows = list(counts_by_version(["targeting"]))
    assert [row["version"] for row in rows] == [second.permalink, rows[1]["version"]]
    assert rows[0]["targeting__withdrawn"] == 1
    assert (rows[1]["targeting__given"], rows[1]["targeting__refused"], rows[1]["targeting__withdrawn"]) == (1, 1, 0)
