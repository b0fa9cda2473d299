from departments.models.pages import DepartmentIndexPage, DepartmentLeader, DepartmentPage
from departments.models.records import Department, DepartmentKind, Field

__all__ = [
    "Department",
    "DepartmentIndexPage",
    "DepartmentKind",
    "DepartmentLeader",
    "DepartmentPage",
    "Field",
]
