"""Redis, which is never the only home of anything: what it is asked can be done without it, less exactly."""
