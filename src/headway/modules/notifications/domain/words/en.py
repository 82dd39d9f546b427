"""English."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "greeting": "Hello {name},",
    "somebody": "Somebody",
    "link_hint": "If the button does not work, open this address:",
    "sent_by": "Sent by Headway at {place}.",
    "title": "“{title}”",
    "news.reminder": "Reminder: {title}",
    "news.mentioned": "{actor} mentioned you in {title}",
    "news.assigned": "{actor} assigned you {title}",
    "news.due": "{title} is due",
    "news.invited": "{actor} invited you to the workspace {title}",
    "news.commented": "{actor} commented on {title}",
    "news.completed": "{actor} completed {title}",
    "news.several.mentioned": "{actor} mentioned you in {count} tasks, among them {title}",
    "news.several.assigned": "{actor} assigned you {count} tasks, among them {title}",
    "news.several.commented": "{actor} commented on {count} tasks, among them {title}",
    "news.several.completed": "{actor} completed {count} tasks, among them {title}",
    "news.more.one": "and one more change",
    "news.more.many": "and {count} more changes",
    "digest.subject": "{count} notifications from Headway",
    "digest.heading.one": "You have an unread notification",
    "digest.heading.many": "You have {count} unread notifications",
    "digest.left.one": "One more is waiting in Headway.",
    "digest.left.many": "{count} more are waiting in Headway.",
    "digest.action": "Open notifications",
    "digest.why": "You get this mail because these notifications stayed unread for 15 minutes.",
    "digest.unsubscribe": "Stop mail like this",
    "password_reset.subject": "Set a new password for Headway",
    "password_reset.text": "A new password was asked for your account. With this link you set it.",
    "password_reset.action": "Set a new password",
    "password_reset.small": (
        "The link works once, for {hours} hours. If you did not ask for it, ignore this mail: "
        "your password stays as it is."
    ),
    "confirm_address.subject": "Confirm your mail address",
    "confirm_address.text": "Please confirm that this is your mail address, so that Headway can use it from now on.",
    "confirm_address.action": "Confirm the address",
    "confirm_address.small": "The link works once, for {hours} hours. If this was not you, ignore this mail.",
    "address_changed.subject": "Your mail address was changed",
    "address_changed.text": "The mail address of your Headway account is now {email}.",
    "address_changed.small": "If this was not you, ask an administrator of your Headway for help at once.",
    "password_changed.subject": "Your password was changed",
    "password_changed.text": "The password of your Headway account was changed. All other sessions were signed out.",
    "password_changed.small": "If this was not you, set a new password at once and tell an administrator.",
    "password_reset_done.subject": "Your password was set anew",
    "password_reset_done.text": (
        "The password of your Headway account was set anew by a link. All sessions were signed out, and all API "
        "tokens were revoked: make new ones for the programs that you still use."
    ),
    "password_reset_done.small": "If this was not you, ask an administrator of your Headway for help at once.",
    "invitation.subject": "{from_name} invites you to Headway",
    "invitation.text": "{from_name} invites you to Headway, where teams plan and finish their work together.",
    "invitation.action": "Make your account",
    "invitation.small": "The link works for {days} days. If you do not know the sender, ignore this mail.",
    "workspace_invitation.subject": "{from_name} invites you to {workspace_name}",
    "workspace_invitation.text": "{from_name} invites you to work together in the workspace {workspace_name}.",
    "workspace_invitation.action": "Join the workspace",
    "workspace_invitation.small": "The link works for {days} days. If you do not know the sender, ignore this mail.",
    "unsubscribe.title": "Mail from Headway",
    "unsubscribe.ask": "Do you want to get no more mail about notifications? They still appear in Headway itself.",
    "unsubscribe.button": "Stop this mail",
    "unsubscribe.done": "Done: no more mail about notifications. You can turn it on again in Headway.",
}
