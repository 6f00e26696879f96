"""Figures about children, families, staff, cases and services."""
