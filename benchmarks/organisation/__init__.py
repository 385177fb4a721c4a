"""An organisation to look at: real code of public projects, with reviews that are made up over it."""
