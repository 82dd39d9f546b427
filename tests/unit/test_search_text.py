import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.platform.search_text import MAX_TERMS, MAX_TOKEN_LENGTH, MAX_TOKENS, Term, search_query, search_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Fix the Login-Page (OPS-142)!", ["fix", "the", "login", "page", "ops", "142"]),
        ("Café crème, naïve", ["cafe", "creme", "naive"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("Łódź Ørsted Þór", ["lodz", "orsted", "thor"]),
        ("ＦＵＬＬ ﬁle Ⅳ", ["full", "file", "iv"]),  # noqa: RUF001 - wide letters are the point
        ("Ἀθήνα ΣΊΣΥΦΟΣ", ["αθηνα", "σισυφοσ"]),
        ("Ёлка", ["елка"]),
        ("שָׁלוֹם", ["שלום"]),
        ("مُحَمَّد", ["محمد"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("서울 회의", ["서울", "회의"]),
        ("買い物リスト", list("買い物リスト")),
        ("がぎ", ["が", "ぎ"]),
        ("か" + "\u3099" * 31, ["か"]),  # more marks than any language has: dropped, or they would cost seconds
        ("会议2026年Plan", ["会", "议", "2026", "年", "plan"]),
        ("ประชุม", list("ประชุม")),
        ("a_b c++ 50%", ["a", "b", "c", "50"]),
        ("👍 \U0001f600 ---", []),
        ("", []),
    ],
)
def test_text_becomes_tokens(text: str, tokens: list[str]) -> None:
    assert search_tokens(text) == tokens


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("fix log", [Term(("fix",), True), Term(("log",), True)]),
        ('"fix login" pa', [Term(("fix", "login"), False), Term(("pa",), True)]),
        ("„fix login“", [Term(("fix", "login"), False)]),
        ("OPS-14", [Term(("ops", "14"), True)]),
        ("会议", [Term(("会", "议"), False)]),
        ("会议plan", [Term(("会", "议", "plan"), True)]),
        ('fix "open', [Term(("fix",), True), Term(("open",), True)]),
        ('title:x OR NOT "*" ^', [Term(("title", "x"), True), Term(("or",), True), Term(("not",), True)]),
        ('"" --- ', []),
    ],
)
def test_a_query_becomes_terms(query: str, terms: list[Term]) -> None:
    assert search_query(query) == terms


@given(st.text(max_size=200))
def test_every_document_is_found_by_its_own_words(text: str) -> None:
    tokens = search_tokens(text)
    for term in search_query(text.replace('"', " ")):
        size = len(term.tokens)
        assert any(
            tuple(tokens[at : at + size - 1]) == term.tokens[:-1] and tokens[at + size - 1].startswith(term.tokens[-1])
            for at in range(len(tokens) - size + 1)
        )


@given(st.text(st.characters(), max_size=200))
def test_tokens_are_letters_digits_and_marks_only(text: str) -> None:
    for token in search_tokens(text):
        assert token
        assert len(token) <= MAX_TOKEN_LENGTH
        assert not any(char.isspace() or char in "\"'*-+()~<>@:^%_\\\0" for char in token)


@pytest.mark.parametrize(
    "text",
    ["会" * 150_000, "ﷺ" * 100_000, "a" * 200_000, "a" + "\u0315\u0300" * 40_000],
    ids=["han", "ligatures", "letters", "marks"],
)
def test_output_is_bounded(text: str) -> None:
    tokens = search_tokens(text)
    assert 0 < len(tokens) <= MAX_TOKENS
    assert max(map(len, tokens)) <= MAX_TOKEN_LENGTH
    assert len(search_query("word " * 10_000)) == MAX_TERMS
