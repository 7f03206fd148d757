"""The server ends as quickly as its operators are promised, with open pages and sockets."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def test_site_ends_within_five_seconds_while_people_look_at_it(visit: Visit, site: Site) -> None:
    watcher = visit()
    watcher.go("/polls/1/results/")
    assert site.close_doors() < 5
    site.open_again()  # for journeys that come after this one
    watcher.problems.clear()  # a page whose server has gone says so on the console
