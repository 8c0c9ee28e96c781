"""What a what-if costs in time, beside others who reckon the same."""
