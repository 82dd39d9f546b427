from html.parser import HTMLParser
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline

from headway.modules.tasks.domain.markdown import LINES_TAKEN_APART, mentions, to_html

ANN, BOB = UUID("0198c0de-0000-7000-8000-000000000001"), UUID("0198c0de-0000-7000-8000-000000000002")
REL = 'rel="noopener noreferrer nofollow"'
SAFE_ATTRIBUTES = {
    *("href", "title", "class", "data-user", "data-task", "rel", "type", "checked", "disabled", "start", "align"),
}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "# Plan\n\n*a* **b** ~~c~~ `d`",
            "<h1>Plan</h1>\n<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>",
        ),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("a<br>b", "<p>a&lt;br&gt;b</p>"),
        ("```py\nx < 1\n```", '<pre><code class="language-py">x &lt; 1\n</code></pre>'),
        (
            "- [ ] a\n- [x] b\n- [y] c",
            (
                '<ul>\n<li class="task"><input type="checkbox" disabled=""> a</li>\n'
                '<li class="task"><input type="checkbox" disabled="" checked=""> b</li>\n<li>[y] c</li>\n</ul>'
            ),
        ),
        ("[ ] not a list", "<p>[ ] not a list</p>"),
        ("[x](https://a.org)", f'<p><a href="https://a.org" {REL}>x</a></p>'),
        ("<mailto:a@b.org>", f'<p><a href="mailto:a@b.org" {REL}>mailto:a@b.org</a></p>'),
        ("see http://a.org/b_c.", f'<p>see <a href="http://a.org/b_c" {REL}>http://a.org/b_c</a>.</p>'),
        ("(http://a.org/b_(c))", f'<p>(<a href="http://a.org/b_(c)" {REL}>http://a.org/b_(c)</a>)</p>'),
        ("[see http://a.org](http://b.org)", f'<p><a href="http://b.org" {REL}>see http://a.org</a></p>'),
        ("`http://a.org`", "<p><code>http://a.org</code></p>"),
        ("![p](https://a.org/p.png)", f'<p><a href="https://a.org/p.png" {REL}>p</a></p>'),
        ("[x](/relative)", "<p>[x](/relative)</p>"),
        ("[x](ftp://a.org)", "<p>[x](ftp://a.org)</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert to_html(text).strip() == html


def test_a_table_is_aligned_without_inline_style() -> None:
    html = to_html("|a|b|\n|:-|-:|\n|1|2|")
    assert '<td align="left">1</td>\n<td align="right">2</td>' in html
    assert "style" not in html


def test_references_are_marked_with_what_they_point_to() -> None:
    text = f"[@Ann](headway:user/{ANN}) [OPS-1](headway:task/{BOB}) ![plan](headway:attachment/{BOB})"
    assert to_html(text).strip() == (
        f'<p><a class="headway-user" data-user="{ANN}" {REL}>@Ann</a> '
        f'<a class="headway-task" data-task="{BOB}" {REL}>OPS-1</a> plan</p>'
    )


def test_mentions_are_found_once_and_in_order() -> None:
    text = (
        f"[@Bob](headway:user/{BOB}), [@Ann](headway:user/{str(ANN).upper()}) and [@Bob](headway:user/{BOB})\n\n"
        f"> - [OPS-1](headway:task/{ANN})"
    )
    assert mentions(text) == [BOB, ANN]


@pytest.mark.parametrize(
    "text",
    [
        f"`[@Ann](headway:user/{ANN})`",
        f"```\n[@Ann](headway:user/{ANN})\n```",
        f"    [@Ann](headway:user/{ANN})",
        f"\\[@Ann](headway:user/{ANN})",
        f"``a ` [@Ann](headway:user/{ANN})``",
        f"headway:user/{ANN}",
        "[@Ann](headway:user/ann)",
        f"[@Ann](headway:user/{ANN}x)",
        f"[@Ann](headway:group/{ANN})",
        f"![@Ann](headway:user/{ANN})",
    ],
    ids=str,
)
def test_what_is_not_written_as_a_mention_is_none(text: str) -> None:
    assert mentions(text) == []


def test_mentions_are_found_wherever_they_stand_in_a_long_paragraph() -> None:
    people = [UUID(int=number + 1) for number in range(300)]
    assert mentions(" and ".join(f"[@Somebody Else](headway:user/{person})" for person in people)) == people
    assert mentions("x" * 10_000 + f"\n[@Ann](headway:user/{ANN})") == [ANN]


def test_looking_for_mentions_takes_no_paragraph_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MarkdownIt, "parseInline", None)  # its time grows with the square of what it is given
    monkeypatch.setattr(ParserInline, "parse", None)
    mention = f"[@Ann \\[x\\]](headway:user/{ANN})"
    assert mentions(f"{mention}{'![' * 20_000}{mention}") == [ANN]


def test_looking_for_mentions_makes_no_table_and_takes_no_very_long_text_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    mention = f"[@Ann](headway:user/{ANN})"
    # A table would drop what has no column; its cells may be many more than the text has letters.
    assert mentions(f"|a|\n|-|\n|1|{mention}|") == [ANN]
    monkeypatch.setattr(MarkdownIt, "parse", None)
    lines = "- a\n" * LINES_TAKEN_APART
    assert mentions(f"```\n[@Bob](headway:user/{BOB})\n```\n{lines}{mention}") == [ANN]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:x) [x](data:text/html;base64,PHNjcmlwdD4=) [x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    '[x](https://a.org "\\" onmouseover=alert(1) x=\\"")',
    '![a" onerror="alert(1)](https://a.org/x.png)',
    "![x](javascript:alert(1))",
    '![](https://a.org/"><script>alert(1)</script>)',
    "[![x](https://a.org/x.png)](https://b.org)",
    '```" onclick="alert(1)\nx\n```',
    "http://a.org/\"onmouseover='alert(1)'",
    "http://a.org/<script>",
    "[a]: javascript:alert(1)\n\n[a]",
    '[x](headway:user/0198c0de-0000-7000-8000-000000000001"onclick="alert(1))',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "- [x] <input type=image src=x onfocus=alert(1)>",
    "<style>@import 'https://a.org'</style><!-- --><![CDATA[x]]>",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[f"{number}" for number in range(len(HOSTILE))])
def test_hostile_text_stays_text(text: str) -> None:
    assert_safe(to_html(text))
    assert_safe(to_html(f"|{text}|\n|-|\n|{text}|\n\n> {text}"))


@given(
    st.lists(st.sampled_from([*HOSTILE, "\n", "\n\n", "> ", "- ", "|", "`", "*", "[", "](", ")", "<", "&"]), max_size=8)
)
def test_any_mixture_of_hostile_text_is_safe(parts: list[str]) -> None:
    assert_safe(to_html("".join(parts)))


@given(st.text(max_size=100))
def test_any_text_can_be_shown(text: str) -> None:
    assert_safe(to_html(text))
    assert mentions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        ">" * 20_000,
        "[" * 20_000,
        "*_" * 10_000,
        "- " * 5_000,
        "[]" * 10_000,
        "`" * 20_000,
        "http://" * 3_000,
        "(" * 20_000,
    ],
    ids=list("abcdefgh"),
)
def test_deep_nesting_ends_in_safe_html(text: str) -> None:
    assert_safe(to_html(text))


def assert_safe(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.faults


class Reader(HTMLParser):
    """Collects what a browser would act on and should not."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "object", "svg", "base", "form", "meta", "link"}:
            self.faults.append(tag)
        for name, value in attrs:
            known = name in SAFE_ATTRIBUTES
            away = ("http://", "https://", "mailto:")
            if not known or (name == "href" and not (value or "").lower().startswith(away)):
                self.faults.append(f"{name}={value}")
            if (tag, name) == ("input", "type") and value != "checkbox":
                self.faults.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(data)
