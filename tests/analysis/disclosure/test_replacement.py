from analysis.disclosure import changed_per_panel_allows_replacement

EARLIER = {
    "usa": {"u1": ("x", 4), "u2": ("x", 4), "u3": ("x", 5), "u4": ("x", 2)},
    "japan": {"j1": ("x", 1), "j2": ("x", 1), "j3": ("x", 1)},
}


def test_the_same_answers_may_be_replaced():
    assert changed_per_panel_allows_replacement(EARLIER, {**EARLIER}, 3)
    assert changed_per_panel_allows_replacement({}, {}, 5)


def test_one_person_gone_added_or_changed_is_too_few():
    usa = EARLIER["usa"]
    gone = {person: answers for person, answers in usa.items() if person != "u1"}
    for later in (gone, {**usa, "u5": ("x", 1)}, {**usa, "u1": ("x", 3)}):
        assert not changed_per_panel_allows_replacement(EARLIER, {**EARLIER, "usa": later}, 3)


def test_gone_added_and_changed_people_count_together():
    later = {"u2": ("x", 4), "u3": ("x", 5), "u4": ("x", 1), "u5": ("x", 1)}  # u1 gone, u4 changed, u5 added
    assert changed_per_panel_allows_replacement(EARLIER, {**EARLIER, "usa": later}, 3)
    assert not changed_per_panel_allows_replacement(EARLIER, {**EARLIER, "usa": later}, 4)


def test_each_panel_must_allow_it():
    usa = dict.fromkeys(EARLIER["usa"], ("x", 1))
    japan = {**EARLIER["japan"], "j1": ("x", 2)}
    assert changed_per_panel_allows_replacement(EARLIER, {**EARLIER, "usa": usa}, 3)
    assert not changed_per_panel_allows_replacement(EARLIER, {"usa": usa, "japan": japan}, 3)


def test_a_panel_that_is_gone_or_new_differs_in_all_its_people():
    only_usa = {"usa": EARLIER["usa"]}
    assert changed_per_panel_allows_replacement(EARLIER, only_usa, 3)
    assert changed_per_panel_allows_replacement(only_usa, EARLIER, 3)
    assert not changed_per_panel_allows_replacement(EARLIER, only_usa, 4)


def test_somebody_who_moved_differs_in_both_panels():
    moved = {
        "usa": {person: answers for person, answers in EARLIER["usa"].items() if person != "u1"},
        "japan": {**EARLIER["japan"], "u1": EARLIER["usa"]["u1"]},
    }
    assert changed_per_panel_allows_replacement(EARLIER, moved, 1)
    assert not changed_per_panel_allows_replacement(EARLIER, moved, 2)


def test_a_person_whose_answers_are_empty_is_not_the_same_as_nobody():
    assert not changed_per_panel_allows_replacement({"usa": {}}, {"usa": {"u1": None}}, 2)


def test_with_a_minimum_of_one_everything_may_be_replaced():
    assert changed_per_panel_allows_replacement(EARLIER, {"japan": {"j1": ("x", 2)}}, 1)
