"""What is being looked at is one value: parts hear of it once, and the way back is kept."""

from __future__ import annotations

from reader.records import Scope
from ui.view import Looking, Selection, View


def heard(view: View) -> list[Looking]:
    told: list[Looking] = []
    view.changed.connect(lambda new, _old: told.append(new))
    return told


def test_looking_at_the_same_again_tells_nobody(qapp):
    view = View()
    told = heard(view)
    view.look(query="clearview")
    view.look(query="clearview")
    assert [looking.query for looking in told] == ["clearview"]


def test_another_list_begins_with_nothing_chosen(qapp):
    view = View()
    view.look(selection=Selection(thread=1, article=2, articles=(2,)))
    view.look(scope=Scope("unread"))
    assert view.looking.selection == Selection()


def test_going_elsewhere_in_the_window_keeps_what_is_chosen(qapp):
    view = View()
    chosen = Selection(thread=1, article=2, articles=(2,))
    view.look(selection=chosen)
    view.look(place="briefings")
    assert view.looking.selection == chosen


def test_the_way_back_leads_through_places_and_not_through_rows(qapp):
    view = View()
    view.look(selection=Selection(thread=1, article=1))
    view.look(selection=Selection(thread=2, article=2))
    view.look(scope=Scope("hot"))
    view.look(query="iris")
    view.go_back()
    assert view.looking.scope == Scope("hot")
    assert view.looking.query == ""
    view.go_back()
    assert view.looking.scope == Scope()
    assert view.looking.selection.thread == 2
    view.go_forward()
    view.go_forward()
    assert view.looking.query == "iris"
    view.go_forward()
    assert view.looking.query == "iris"


def test_the_letters_of_a_search_are_one_step_back(qapp):
    view = View()
    view.look(scope=Scope("hot"))
    for query in ("i", "ir", "iri", "iris"):
        view.look(query=query)
    view.go_back()
    assert view.looking.query == ""
    assert view.looking.scope == Scope("hot")


def test_a_new_way_ends_the_old_way_forward(qapp):
    view = View()
    view.look(scope=Scope("hot"))
    view.go_back()
    view.look(scope=Scope("starred"))
    view.go_forward()
    assert view.looking.scope == Scope("starred")


def test_what_is_hot_stands_by_heat_momentum_and_age_unless_another_order_was_chosen(qapp):
    view = View()
    view.look(scope=Scope("hot"))
    assert view.looking.order == "hot"
    view.look(scope=Scope("unread"))
    assert view.looking.order == "heat"
    view.look(narrowing="hot")
    assert view.looking.order == "hot"
    view.look(order="heat")
    view.look(selection=Selection(thread=1, article=1))
    assert view.looking.order == "heat"
    view.look(narrowing="all", order="newest")
    view.look(scope=Scope("hot"))
    assert view.looking.order == "newest"
