"""`manage.py demo`: the whole product on one machine, supervised in the foreground."""
