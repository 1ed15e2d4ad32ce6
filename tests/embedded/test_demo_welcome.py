"""What the demo prints when it is ready."""

from deterrence_delphi.demo.welcome import experts_of_three_allies, welcome

EXPERTS = [
    {"name": f"Expert {number}", "panel": panel, "link": f"/i/{number}/"}
    for number, panel in enumerate(["Japan", "Japan", "Korea", "Poland", "Korea", "Norway"], start=1)
]


def test_one_expert_of_each_of_the_first_three_allies() -> None:
    assert experts_of_three_allies(EXPERTS) == [("Expert 1, Japan", "/i/1/"), ("Expert 3, Korea", "/i/3/"), ("Expert 4, Poland", "/i/4/")]


def test_it_names_address_sign_ins_and_links() -> None:
    people = {"organizer": {"email": "o@demo.example", "password": "one-two"}, "analyst": {"email": "a@demo.example", "password": "three"}, "experts": EXPERTS}
    text = welcome("http://127.0.0.1:8000", people, 7.4)
    for wanted in ("ready after 7 s", "http://127.0.0.1:8000/i/3/", "o@demo.example", "one-two", "a@demo.example", "three", "Ctrl-C", "--reset"):
        assert wanted in text
