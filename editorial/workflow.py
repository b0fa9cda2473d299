"""The one workflow of the portal, made after each migrate."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from editorial.models import ReviewTask, Step


def ensure_workflow(using: str = "default", **_kwargs: Any) -> Workflow | None:
    """Give the root of the tree the review by unit and board, in place of any other workflow. Repeatable.

    It counts for every section, and for those made later: Wagtail looks for the nearest page above that has one.
    """
    if using != "default":
        return None
    with translation.override("vi"):
        tasks = [_task(Step.UNIT, _("Approval of the unit")), _task(Step.BOARD, _("Approval of the portal board"))]
        workflow = _workflow(tasks)
    root = Page.get_first_root_node()
    if root is not None:
        WorkflowPage.objects.exclude(page=root).filter(workflow__workflow_tasks__task__in=tasks).delete()
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    Workflow.objects.active().exclude(pk=workflow.pk).update(active=False)
    return workflow


def _task(step: Step, name: str) -> ReviewTask:
    task, _created = ReviewTask.objects.get_or_create(step=step, defaults={"name": name})
    if not task.active:
        ReviewTask.objects.filter(pk=task.pk).update(active=True)
    return task


def _workflow(tasks: list[ReviewTask]) -> Workflow:
    found = Workflow.objects.filter(workflow_tasks__task=tasks[-1]).first()
    if found is None:
        found = Workflow.objects.create(name=_("Approval and publication"))
        for order, task in enumerate(tasks):
            WorkflowTask.objects.create(workflow=found, task=task, sort_order=order)
    if not found.active:
        Workflow.objects.filter(pk=found.pk).update(active=True)
    return found
