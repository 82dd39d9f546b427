"""Tables as raw rows, whatever they mean: for taking them from one database to another."""
