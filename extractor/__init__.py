"""Saved web pages about migration events and practices → structured, grounded records."""
