"""Whether this process lives, and whether it can serve: for supervisors and load balancers."""

import logging

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Database and migrations must be right (else 503); without the layer pages are slower, so it is only told."""
    checks = {"database": database_answers(), "layer": layer_answers()}
    checks["migrations"] = checks["database"] and nothing_to_migrate()
    able = checks["database"] and checks["migrations"]
    return JsonResponse({"status": "ok" if able else "unavailable", **checks}, status=200 if able else 503)


def database_answers() -> bool:
    """Whether one small question to the database is answered."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        log.exception("The database does not answer.")
        return False


def nothing_to_migrate() -> bool:
    """Whether all migrations have been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def layer_answers() -> bool:
    """Whether the channel layer takes a message."""
    try:
        async_to_sync(get_channel_layer().send)("readiness", {"type": "readiness"})
    except Exception:  # each layer has errors of its own; none of them may fail this page
        log.warning("The channel layer does not answer.", exc_info=True)
        return False
    return True
