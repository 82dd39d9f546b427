"""German."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "greeting": "Hallo {name},",
    "somebody": "Jemand",
    "link_hint": "Falls der Knopf nicht geht, öffne diese Adresse:",
    "sent_by": "Gesendet von Headway auf {place}.",
    "title": "„{title}“",
    "news.reminder": "Erinnerung: {title}",
    "news.mentioned": "{actor} hat dich in {title} erwähnt",
    "news.assigned": "{actor} hat dir {title} zugewiesen",
    "news.due": "{title} ist fällig",
    "news.invited": "{actor} lädt dich in den Arbeitsbereich {title} ein",
    "news.commented": "{actor} hat {title} kommentiert",
    "news.completed": "{actor} hat {title} erledigt",
    "news.several.mentioned": "{actor} hat dich in {count} Aufgaben erwähnt, darunter {title}",
    "news.several.assigned": "{actor} hat dir {count} Aufgaben zugewiesen, darunter {title}",
    "news.several.commented": "{actor} hat {count} Aufgaben kommentiert, darunter {title}",
    "news.several.completed": "{actor} hat {count} Aufgaben erledigt, darunter {title}",
    "news.more.one": "und eine weitere Änderung",
    "news.more.many": "und {count} weitere Änderungen",
    "digest.subject": "{count} Mitteilungen aus Headway",
    "digest.heading.one": "Du hast eine ungelesene Mitteilung",
    "digest.heading.many": "Du hast {count} ungelesene Mitteilungen",
    "digest.left.one": "Eine weitere wartet in Headway.",
    "digest.left.many": "{count} weitere warten in Headway.",
    "digest.action": "Mitteilungen öffnen",
    "digest.why": "Du bekommst diese Mail, weil die Mitteilungen 15 Minuten lang ungelesen blieben.",
    "digest.unsubscribe": "Solche Mails abbestellen",
    "password_reset.subject": "Neues Passwort für Headway",
    "password_reset.text": "Für dein Konto wurde ein neues Passwort angefordert. Mit diesem Link legst du es fest.",
    "password_reset.action": "Neues Passwort festlegen",
    "password_reset.small": (
        "Der Link gilt einmal und {hours} Stunden lang. Warst du das nicht, ignoriere diese Mail: "
        "dein Passwort bleibt, wie es ist."
    ),
    "confirm_address.subject": "Bestätige deine Mailadresse",
    "confirm_address.text": "Bitte bestätige, dass dies deine Mailadresse ist, damit Headway sie von nun an verwendet.",
    "confirm_address.action": "Adresse bestätigen",
    "confirm_address.small": "Der Link gilt einmal und {hours} Stunden lang. Warst du das nicht, ignoriere diese Mail.",
    "address_changed.subject": "Deine Mailadresse wurde geändert",
    "address_changed.text": "Die Mailadresse deines Headway-Kontos ist jetzt {email}.",
    "address_changed.small": "Warst du das nicht, wende dich sofort an die Verwaltung deines Headway.",
    "password_changed.subject": "Dein Passwort wurde geändert",
    "password_changed.text": "Das Passwort deines Kontos wurde geändert. Alle anderen Sitzungen wurden beendet.",
    "password_changed.small": "Warst du das nicht, lege sofort ein neues Passwort fest und frag die Verwaltung.",
    "password_reset_done.subject": "Dein Passwort wurde neu festgelegt",
    "password_reset_done.text": (
        "Das Passwort deines Kontos wurde über einen Link neu festgelegt. Alle Sitzungen wurden beendet und alle "
        "API-Token widerrufen: Lege für Programme, die du weiter nutzt, neue an."
    ),
    "password_reset_done.small": "Warst du das nicht, frag sofort die Verwaltung deines Headway um Hilfe.",
    "invitation.subject": "{from_name} lädt dich zu Headway ein",
    "invitation.text": "{from_name} lädt dich zu Headway ein, wo Teams ihre Arbeit gemeinsam planen und erledigen.",
    "invitation.action": "Konto anlegen",
    "invitation.small": "Der Link gilt {days} Tage. Kennst du den Absender nicht, ignoriere diese Mail.",
    "workspace_invitation.subject": "{from_name} lädt dich in {workspace_name} ein",
    "workspace_invitation.text": "{from_name} lädt dich ein, im Arbeitsbereich {workspace_name} mitzuarbeiten.",
    "workspace_invitation.action": "Dem Arbeitsbereich beitreten",
    "workspace_invitation.small": "Der Link gilt {days} Tage. Kennst du den Absender nicht, ignoriere diese Mail.",
    "unsubscribe.title": "Mail von Headway",
    "unsubscribe.ask": "Möchtest du keine Mails über Mitteilungen mehr? In Headway selbst erscheinen sie weiterhin.",
    "unsubscribe.button": "Mails abbestellen",
    "unsubscribe.done": "Erledigt: keine Mails über Mitteilungen mehr. In Headway kannst du sie wieder einschalten.",
}
