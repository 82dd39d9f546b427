"""Wrong usage in the words of a person: what is missing, and what to type."""

from cyclopts import CycloptsError, MissingArgumentError, UnknownCommandError

from headway.entrypoints.cli.failures import sentence


def misuse(error: CycloptsError) -> str:
    """What is wrong with a command line, and what would be right, in one line."""
    if isinstance(error, MissingArgumentError) and error.argument is not None:
        called = " ".join(("headway", *(error.command_chain or ())))
        return f"`{called}` needs <{error.argument.name.lstrip('-')}>; see `{called} --help`."
    if isinstance(error, UnknownCommandError) and error.unused_tokens and "@" in error.unused_tokens[0]:
        group = " ".join(("headway", *(error.command_chain or ())))
        who = error.unused_tokens[0]
        return f"Say what is to be done before the address, such as `{_example(group, who)}`; see `{group} --help`."
    return sentence(error)


def _example(group: str, who: str) -> str:
    return f"{group} create {who}" if group == "headway token" else f"headway user add {who}"
