"""What a migration does to a database that people work with meanwhile, and which of it is not to be done."""
