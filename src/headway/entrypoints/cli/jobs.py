"""`headway jobs ...`."""

from typing import Annotated

from cyclopts import App, Parameter
from rich.table import Table

from headway.entrypoints.cli.running import Json, answer, command, operate, print_table, progress, quiet_settings
from headway.entrypoints.operation.job_commands import Retried, RetryJob
from headway.entrypoints.operation.socket import Nothing
from headway.platform.failure import Failure
from headway.platform.jobs.admin import HeldJob

app = App(
    name="jobs",
    help="List jobs and let those that failed run again.",
    help_epilogue="Example: headway jobs list --failed",
)


class NothingNamed(Failure):
    """It was not said which job."""


@command(app, "headway jobs list --failed", name="list")
def list_jobs(
    *,
    failed: Annotated[bool, Parameter(negative="", help="Only those that were put aside.")] = False,
    json: Json = False,
) -> None:
    """List jobs: those that were put aside after all their attempts, then those that wait or run, by their time."""
    with progress() as report:
        held = operate(quiet_settings(), "jobs list", Nothing(), list[HeldJob], report)
    jobs = [job for job in held if job.state == "failed" or not failed]

    def show() -> None:
        table = Table("job", "state", "due", "attempts", "progress", "error", "id", box=None)
        for job in jobs:
            done = f"{job.done} of {job.total}" if job.total else ""
            due = f"{job.run_at:%Y-%m-%d %H:%M:%S}"
            table.add_row(job.name, job.state, due, str(job.attempts), done, job.error or "", job.id)
        print_table(table)

    answer(jobs, json=json, show=show)


@command(app, "headway jobs retry 0198c2a4-0000-7000-8000-000000000000")
def retry(
    job_id: Annotated[str | None, Parameter(help="Id of a failed job, as `headway jobs list` shows it.")] = None,
    *,
    all_failed: Annotated[bool, Parameter(name="--all", negative="", help="Every failed job.")] = False,
    json: Json = False,
) -> None:
    """Let failed jobs run again, with all their attempts."""
    if (job_id is None) != all_failed:
        raise NothingNamed("Name one failed job by its id, or say --all.")
    with progress() as report:
        retried = operate(quiet_settings(), "jobs retry", RetryJob(job_id), Retried, report)
    answer(retried, json=json, show=lambda: print(f"{retried.jobs} will run again"))
