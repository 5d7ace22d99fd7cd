"""Who writes reviews and sends rounds, who answers for an agency, who reads what was answered."""
