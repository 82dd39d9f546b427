"""The inbox of news and the mail made from it."""
