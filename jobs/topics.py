"""What an open page hears of a job: its state and how far it is. Only the owner and staff may listen."""

from typing import Any

from accounts.models import Participant
from jobs.models import Job
from realtime.topics import register


def may_listen(person: Participant | None, job_id: str) -> bool:
    """Whether `person` may hear how far the job is."""
    return Job.objects.visible_to(person).filter(pk=int(job_id)).exists()


def snapshot(job_id: str) -> dict[str, Any]:
    """State, per cent done, and the structure that tells whether the words changed."""
    job = Job.objects.get(pk=int(job_id))
    return {"state": job.state, "percent": job.percent, "finished": job.is_finished, "structure": job.structure}


register("job", may_listen=may_listen, snapshot=snapshot)
