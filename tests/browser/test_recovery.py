"""What goes wrong in a browser is put right: a damaged store, a newer release, texts that met while nobody looked."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.steps import add_task, call, card, go_offline, project_with_task

# As a release of tomorrow, or a fault of the disk, would leave it.
DAMAGE = """async () => {
  const [{ name }] = (await indexedDB.databases()).filter((one) => one.name.startsWith('headway-'));
  await new Promise((done, failed) => {
    const asked = indexedDB.open(name, 99);
    asked.onupgradeneeded = () => asked.result.deleteObjectStore('objects');
    asked.onerror = failed;
    asked.onsuccess = () => { asked.result.close(); done(); };
  });
}"""

# The policy of Trusted Types that the client made for its worker, to be used by the test.
SHARE_POLICY = """
  const make = trustedTypes.createPolicy.bind(trustedTypes);
  window.policyOfTest = new Promise((made) => {
    trustedTypes.createPolicy = (name, rules) => {
      const policy = make(name, rules);
      if (name === 'headway-worker') made(policy);
      return policy;
    };
  });
"""
NEWER = """async () => {
  const policy = await policyOfTest;
  const workers = navigator.serviceWorker;
  if (!workers.controller) await new Promise((done) => workers.addEventListener('controllerchange', done));
  await workers.register(policy.createScriptURL(new URL('/sw.js?newer', location).href));
}"""


def test_a_damaged_store_is_fetched_anew_with_the_edits_that_wait(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    project_with_task(ada, "Write the press release")
    project = page.url
    page.context.route("**/api/v1/batch", lambda route: route.abort())
    add_task(page, "Book the venue")
    expect(page.get_by_role("status", name="Sync")).to_contain_text("1 waiting")

    page.goto(f"{ada.address}/healthz")
    page.evaluate(DAMAGE)
    page.context.unroute("**/api/v1/batch")
    page.goto(project)

    expect(card(page, "Write the press release")).to_be_visible()
    expect(card(page, "Book the venue")).to_be_visible()
    ada.expect_saved()
    assert {task["title"] for task in call(ada, "GET", "/tasks")["items"]} >= {"Book the venue"}


def test_a_newer_release_is_offered_and_taken_on_request_only(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    page.context.add_init_script(SHARE_POLICY)
    page.reload()
    page.evaluate(NEWER)
    offer = page.get_by_role("status").filter(has_text="A new version is ready.")
    expect(offer).to_be_visible()

    with page.expect_navigation():
        offer.get_by_role("button", name="Reload").click()

    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def test_a_text_written_offline_that_met_another_is_told_and_the_other_can_be_had_back(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    task = project_with_task(ada, "Write the speech")
    card(page, "Write the speech").click()
    panel = page.get_by_role("complementary", name="Task")
    expect(panel.get_by_role("button", name="Add a description")).to_be_visible()
    go_offline(page)
    panel.get_by_role("button", name="Add a description").click()
    panel.get_by_role("textbox", name="Description").fill("Dear friends")
    panel.get_by_role("textbox", name="Description").press("Control+Enter")
    panel.get_by_role("button", name="Close").click()
    page.reload()
    expect(card(page, "Write the speech")).to_be_visible()
    call(ada, "PATCH", f"/tasks/{task['id']}", description="Ladies and gentlemen")

    page.context.set_offline(False)
    expect(page.get_by_text("The latest stands; the other is in History.")).to_be_visible()
    page.get_by_role("button", name="Open", exact=True).click()

    text = panel.get_by_role("region", name="Description")
    expect(text).to_contain_text("Dear friends")
    panel.get_by_role("button", name="History").click()
    panel.get_by_role("button", name="Compare").first.click()
    expect(panel.get_by_role("deletion").first).to_have_text("Ladies and")
    panel.get_by_role("button", name="Undo: edited the description").first.click()
    expect(text).to_contain_text("Ladies and gentlemen")


def test_a_copy_shows_its_steps_and_subtasks_without_a_network(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    task = project_with_task(ada, "Move house")
    call(ada, "POST", f"/tasks/{task['id']}/checklist", text="pack")
    call(ada, "POST", "/tasks", project_id=task["project_id"], parent_id=task["id"], title="Rent a van")
    card(page, "Move house").click()
    panel = page.get_by_role("complementary", name="Task")
    expect(panel.get_by_role("checkbox", name="pack")).to_be_visible()
    expect(panel.get_by_role("link", name="Rent a van")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    go_offline(page)

    card(page, "Move house").click(button="right")
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(card(page, "Move house")).to_have_count(2)
    card(page, "Move house").nth(1).click()
    _has_its_parts(page)
    page.context.set_offline(False)
    ada.expect_saved()
    _has_its_parts(page)


def _has_its_parts(page: Page) -> None:
    panel = page.get_by_role("complementary", name="Task")
    expect(panel.get_by_role("checkbox", name="pack")).to_have_count(1)
    expect(panel.get_by_role("link", name="Rent a van")).to_have_count(1)
