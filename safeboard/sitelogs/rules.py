"""Who may ask the filter logs, and under which authority."""
