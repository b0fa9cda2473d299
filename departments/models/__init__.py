from departments.models.pages import DepartmentIndexPage, DepartmentLeader, DepartmentPage
from departments.models.records import Department, DepartmentKind, Field
from departments.models.roles import RoleGroup

__all__ = [
    "Department",
    "DepartmentIndexPage",
    "DepartmentKind",
    "DepartmentLeader",
    "DepartmentPage",
    "Field",
    "RoleGroup",
]
