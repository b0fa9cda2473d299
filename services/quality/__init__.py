"""Completeness of services, and whether the addresses that they name answer."""
