"""What builds, checks and packages Headway. Nothing here is part of the product."""
