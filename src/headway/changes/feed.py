"""Wake-ups: who listens hears that a stream has reached a version. A hint only; the log is the truth."""

from collections.abc import Callable

from headway.platform.db.port import News

Listener = Callable[[str, int], None]
"""Called with a stream (`workspace:<id>`) and the version that it has reached. Must be quick and not raise."""


class Feed:
    """Spreads news of commits within this process, and remembers the newest version of each stream it heard of.

    `heard` counts the news.
    """

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self.versions: dict[str, int] = {}
        self.heard = 0

    def publish(self, news: News) -> None:
        """Tell the listeners. Out-of-date news is passed over."""
        for stream, version in news:
            if version <= self.versions.get(stream, 0):
                continue
            self.versions[stream] = version
            self.heard += 1
            for listener in tuple(self._listeners):
                listener(stream, version)

    def begin_at(self, versions: News) -> None:
        """Take over what streams have reached before anybody listened here. It is news to nobody."""
        for stream, version in versions:
            self.versions[stream] = max(version, self.versions.get(stream, 0))

    def subscribe_all(self, listener: Listener) -> Callable[[], None]:
        """Hear of every stream; the function given back ends it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)
