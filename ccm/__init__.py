"""What Chronic Care Management is: months, records, phrases, roster, billing, access.

Pure: no clock, no database, no Slack.
"""
