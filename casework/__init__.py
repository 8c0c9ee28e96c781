"""What a case is: tables, policy, calendar, intake, leads, review. Imports nothing of ours."""
