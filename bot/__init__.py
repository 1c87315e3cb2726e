"""Puts the rooms together: settings, logs, composition, the command line."""
