"""What sign-offs, waivers and promises were, beside what they are."""
