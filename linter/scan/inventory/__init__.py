"""Which repositories there are: in folders, in inventory files, and at forges."""
