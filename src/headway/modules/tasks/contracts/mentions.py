"""People named in Markdown."""

from headway.modules.tasks.domain.markdown import mentions


def mentioned_in(text: str) -> list[str]:
    """The ids of the people whom a text mentions as `[@Ann](headway:user/<id>)`, each once, in order."""
    if "headway:user/" not in text:  # spares parsing what is most text
        return []
    return [str(person) for person in mentions(text)]
