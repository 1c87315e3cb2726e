"""Slack to values, values to Slack; decides nothing."""
