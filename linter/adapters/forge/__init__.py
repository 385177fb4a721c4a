"""The doors to the programs' interfaces of forges: which repositories an organisation has there."""
