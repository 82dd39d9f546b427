"""What names, titles and texts are put together from."""

from itertools import permutations, product
from typing import Final

GIVEN: Final = (
    "Ada", "Amara", "Anton", "Beatriz", "Björn", "Carla", "Chen", "Dara", "Elif", "Emil", "Fatima", "Felix", "Grace",
    "Hana", "Ines", "Ivo", "Jamal", "Jana", "Kofi", "Lena", "Linh", "Lukas", "Mara", "Mateo", "Mina", "Nadia", "Noah",
    "Olga", "Omar", "Paula", "Priya", "Quentin", "Rosa", "Samir", "Sofia", "Tariq", "Tove", "Uma", "Viktor", "Wanda",
    "Yara", "Yusuf", "Zoe", "Łukasz", "Søren", "Renée", "Jürgen", "Nguyễn", "Haruka", "Dmitri",
)  # fmt: skip
FAMILY: Final = (
    "Abebe", "Alvarez", "Andersson", "Bauer", "Becker", "Brandt", "Castro", "Chaudhry", "Costa", "Dubois", "Eriksen",
    "Fischer", "Garcia", "Haas", "Hoffmann", "Ivanova", "Jansen", "Kaya", "Keller", "Kim", "Kowalski", "Kumar",
    "Lindqvist", "Lopez", "Maier", "Mbeki", "Meyer", "Moreau", "Nakamura", "Novak", "Okafor", "Olsen", "Park",
    "Petrov", "Quist", "Rahman", "Ramos", "Rossi", "Sato", "Schmidt", "Schröder", "Silva", "Singh", "Tanaka",
    "Usman", "Vega", "Wagner", "Weber", "Yilmaz", "Zhang",
)  # fmt: skip
TEAMS: Final = (
    "Harbour", "Northwind", "Lumen", "Meridian", "Orchard", "Quarry", "Saltworks", "Tidewater", "Union", "Vantage",
    "Windmill", "Alder", "Birch", "Copper", "Delta", "Ember", "Foundry", "Granite", "Hollow", "Ironbridge",
)  # fmt: skip
KINDS_OF_TEAM: Final = ("Studio", "Labs", "Works", "Collective", "Logistics", "Press", "Clinic", "School", "Energy")
PROJECTS: Final = (
    ("Website", "WEB"), ("Mobile app", "APP"), ("Operations", "OPS"), ("Customer support", "SUP"), ("Billing", "BIL"),
    ("Hiring", "HIR"), ("Data platform", "DAT"), ("Onboarding", "ONB"), ("Office move", "OFF"), ("Security", "SEC"),
    ("Marketing", "MKT"), ("Research", "RES"),
)  # fmt: skip
LABELS: Final = (
    ("bug", "red"), ("feature", "green"), ("debt", "gray"), ("customer", "blue"), ("quick win", "teal"),
    ("blocked", "orange"), ("design", "pink"), ("idea", "yellow"),
)  # fmt: skip
VERBS: Final = (
    "Fix", "Write", "Review", "Plan", "Update", "Test", "Remove", "Design", "Prepare", "Measure", "Document", "Migrate",
    "Clean up", "Speed up", "Translate", "Investigate", "Order", "Call about", "Schedule", "Approve",
)  # fmt: skip
THINGS: Final = (
    "sign-in", "the invoice template", "search", "the export", "error messages", "the landing page", "the backup",
    "onboarding mails", "the price list", "keyboard shortcuts", "the contract", "unit tests", "the release notes",
    "the calendar view", "attachments", "the style guide", "the staging server", "the quarterly report",
    "notification settings", "the help centre", "die Übersetzung", "die Reisekosten", "the warehouse labels",
    "accessibility", "the data model", "dark mode", "the interview guide", "the meeting room", "rate limits",
)  # fmt: skip
PURPOSES: Final = (
    "for the new customers", "before the release", "on phones", "for the German team", "after the audit",
    "in the checkout", "with the agency", "for Monday", "on slow networks", "for the board", "at the new office", "",
    "", "", "", "",
)  # fmt: skip
SENTENCES: Final = (
    "It came up twice in support this week.", "The numbers are in the shared folder.", "See the notes from Tuesday.",
    "Nobody depends on the old behaviour any more.", "Start small, then ask for feedback.", "The deadline is firm.",
    "We agreed to do this in two steps.", "The customer offered to test it with us.", "Das ist mit allen abgestimmt.",
    "There is a draft; it needs a second pair of eyes.", "Keep the old page reachable for a month.",
)  # fmt: skip
TITLES: Final = tuple(" ".join(filter(None, parts)) for parts in product(VERBS, THINGS, PURPOSES))
DESCRIPTIONS: Final = tuple(" ".join(pair) for pair in permutations(SENTENCES, 2))
COMMENTS: Final = (
    "Looks good to me.", "Can you have a look at the second part?", "I will take this tomorrow.", "Done, please check.",
    "Waiting for an answer from the supplier.", "Let us talk about this on Thursday.", "Danke, sehr hilfreich!",
    "I could not reproduce it on my machine.", "The numbers went up after the change.", "Moved to next week.",
    "This is blocked until the contract is signed.", "Nice, much clearer than before.",
)  # fmt: skip
ZONES: Final = (
    "Europe/Berlin", "Europe/London", "Europe/Lisbon", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata",
    "Asia/Tokyo", "Africa/Lagos", "Australia/Sydney", "UTC",
)  # fmt: skip
