"""What a route asks of the actor before its own rules are asked."""

from headway.platform.actor import Actor, TokenScope
from headway.platform.problems import Forbidden, Unauthenticated
from headway.platform.web.routes import Route


def scope_of(route: Route) -> TokenScope:
    """The scope that a token needs for a route."""
    if route.needs == "instance:admin":
        return "admin"
    return "read" if route.method == "GET" else "write"


def check_actor(route: Route, actor: Actor) -> None:
    """Unauthenticated or Forbidden when the actor may not use the route at all."""
    if actor.user_id is None:
        if route.needs != "public":
            raise Unauthenticated(
                "unauthenticated", "Sign in, or send a token.", headers={"WWW-Authenticate": "Bearer"}
            )
        return
    if scope_of(route) not in actor.scopes and route.needs != "public":
        raise Forbidden("insufficient_scope", f"This token lacks the scope “{scope_of(route)}”.")
    if route.needs == "instance:admin" and not actor.is_admin:
        raise Forbidden("not_an_administrator", "Only administrators of this installation may do this.")
