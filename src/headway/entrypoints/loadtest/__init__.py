"""`headway loadtest`: many people at work at an installation, in an open loop, and what that took."""
