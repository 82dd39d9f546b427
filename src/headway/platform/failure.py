"""Failures that whoever runs an installation can understand and do something about."""


class Failure(Exception):
    """Something could not be done; the message says what and why, in a sentence for the operator."""


class NothingFound(Failure):
    """There is no such thing."""
