"""What hides findings for a while: inline ignores, waivers, debt."""
