"""The browser enforces our security policy, and every browser test fails when something goes against it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People

ATTEMPTS = {
    "a script in the page": """() => {
        const script = document.createElement('script');
        script.text = 'window.pwned = true';
        document.body.append(script);
    }""",
    "markup from a string": "() => { document.body.innerHTML = '<img src=x onerror=\"window.pwned = true\">'; }",
    "a handler in an attribute": """() => {
        document.body.setAttribute('onclick', 'window.pwned = true');
        document.body.click();
    }""",
    "a style of one's own": """() => {
        const style = document.createElement('style');
        style.textContent = 'body { display: none }';
        document.head.append(style);
    }""",
    "another host": "() => void fetch('https://elsewhere.example/').catch(() => undefined)",
    "an address that is a script": """() => {
        const link = document.createElement('a');
        link.href = 'javascript:window.pwned = true';
        document.body.append(link);
        link.click();
    }""",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_what_the_policy_forbids_does_not_happen_and_is_noticed(people: People, address: str, attempt: str) -> None:
    page = people.page()
    page.goto(f"{address}/sign-in")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    with page.expect_console_message(_is_violation):
        _try(page, attempt)

    assert page.evaluate("typeof window.pwned") == "undefined"
    assert people.complaints, "a test in which this happens would pass"
    people.complaints.clear()


def _is_violation(message: object) -> bool:
    return any(word in str(message) for word in ("Content Security Policy", "Trusted", "requires"))


def _try(page: Page, attempt: str) -> None:
    """A refused sink throws; that is the browser's business."""
    page.evaluate(f"() => {{ try {{ ({attempt})(); }} catch (error) {{ void error; }} }}")
