from departments.models.pages import DepartmentIndexPage, DepartmentLeader, DepartmentPage
from departments.models.records import Department, DepartmentKind, Field
from departments.models.roles import DepartmentCollection, RoleGroup

__all__ = [
    "Department",
    "DepartmentCollection",
    "DepartmentIndexPage",
    "DepartmentKind",
    "DepartmentLeader",
    "DepartmentPage",
    "Field",
    "RoleGroup",
]
