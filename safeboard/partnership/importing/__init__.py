"""From a spreadsheet to a plan: what would be added, changed, left alone and refused. Nothing here writes."""
