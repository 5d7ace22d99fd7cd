"""Which roles write the strategy and the plan, who answers for an action, who reads them."""
