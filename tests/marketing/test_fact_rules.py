"""What became of facts, without a database."""

from marketing.products.rules import changes, latest


def steps(*prices):
    return [(number, {"price_pkr": price, "warranty_months": 12}) for number, price in enumerate(prices, start=1)]


def test_the_first_record_changes_nothing():
    assert changes(steps(41500)) == []


def test_every_change_is_kept_with_what_stood_before():
    found = [(each.record, each.name, each.before, each.after) for each in changes(steps(41500, 43000, 42000))]
    assert found == [(2, "price_pkr", 41500, 43000), (3, "price_pkr", 43000, 42000)]


def test_a_price_that_comes_back_has_changed_twice():
    last = latest(changes(steps(41500, 43000, 41500)))["price_pkr"]
    assert (last.record, last.before, last.after) == (3, 43000, 41500)


def test_facts_come_and_go():
    found = changes(steps(None, 41500, None))
    assert [(each.before, each.after) for each in found] == [(None, 41500), (41500, None)]


def test_what_never_changed_has_no_last_change():
    assert set(latest(changes(steps(41500, 43000)))) == {"price_pkr"}
