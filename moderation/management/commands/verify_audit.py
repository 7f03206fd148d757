"""Verifies the chain of the audit and names the first entry that does not hold. Changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from moderation.chain import verify
from moderation.models import AuditEntry, AuditHead


class Command(BaseCommand):
    """`manage.py verify_audit`: ends with 1 when the audit was changed behind the application's back."""

    help = "Verifies that no audit entry was changed, removed or added behind the application's back."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            head = AuditHead.objects.select_for_update().filter(pk=1).first()
            entries = AuditEntry.objects.order_by("id").iterator(chunk_size=2000)
            check = verify(entries, head=head.hash if head else "")
        if head is None and check.good:
            raise CommandError(f"The audit has {check.good} entries, but its head is gone.")
        if check.broken is not None:
            raise CommandError(
                f"Entry {check.broken} does not hold: {check.reason}. {check.good} entries before it do."
            )
        self.stdout.write(self.style.SUCCESS(f"The audit holds: {check.good} entries."))
