"""The text inside files: PDF, DOCX, ODT and XLSX.

Files come from outside and may be broken or hostile, so they are read in a process of their own (`child`) that has
no secrets, little memory and little time. `extraction` starts it, `records` keeps what it found.
"""
