"""Wake-ups: who waits for a stream hears that it has reached a version. A hint only; the log is the truth."""

from collections.abc import Callable

from headway.platform.db.port import News

Listener = Callable[[str, int], None]
"""Called with a stream (`workspace:<id>`) and the version that it has reached. Must be quick and not raise."""


class Feed:
    """Spreads news of commits within this process, and remembers the newest version of each stream it heard of."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}
        self._everywhere: set[Listener] = set()
        self.versions: dict[str, int] = {}

    def publish(self, news: News) -> None:
        """Tell the listeners. Out-of-date news is passed over."""
        for stream, version in news:
            if version <= self.versions.get(stream, 0):
                continue
            self.versions[stream] = version
            for listener in tuple(self._listeners.get(stream, ())):
                listener(stream, version)
            for listener in tuple(self._everywhere):
                listener(stream, version)

    def subscribe(self, stream: str, listener: Listener) -> Callable[[], None]:
        """Hear of one stream; the function given back ends it."""
        self._listeners.setdefault(stream, set()).add(listener)

        def unsubscribe() -> None:
            listeners = self._listeners.get(stream, set())
            listeners.discard(listener)
            if not listeners:
                self._listeners.pop(stream, None)

        return unsubscribe

    def subscribe_all(self, listener: Listener) -> Callable[[], None]:
        """Hear of every stream; the function given back ends it."""
        self._everywhere.add(listener)
        return lambda: self._everywhere.discard(listener)
