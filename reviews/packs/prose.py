"""Markdown that people wrote, as inert HTML for paper, with changes marked where asked.

Raw HTML is shown as text, links are shown as their address, pictures as their description, and
what comes out passes an allow-list that knows neither `style`, `src` nor `href`.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reviews.packs.changes import word_runs, words

WIDE_FROM = 6  # columns; a wider table takes the note margin as well
_TAGS = {
    "p", "h5", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "em",
    "code", "pre", "blockquote", "br", "hr", "ins", "del", "div",
}  # fmt: skip
_CLASSES = {
    "div": {"changed", "wide"},
    "table": {"wide"},
    "th": {"number", "middle"},
    "td": {"number", "middle"},
}
_DEEPEST = 18  # levels; beyond 20 the parser leaves text out, and layout recurses
_ALIGN = {"text-align:right": "number", "text-align:center": "middle"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def printed(text: str) -> SafeString:
    """Return the Markdown text as HTML for paper."""
    return _html(_parsed(text))


def barred(text: str) -> SafeString:
    """Return the text with a bar beside all of it: rewritten or new."""
    return _html(_bar(_parsed(text)))


def marked(text: str, earlier: str) -> SafeString:
    """Return the text with a bar beside changed paragraphs and their words marked."""
    old, new = _blocks(earlier), _blocks(text)
    out: list[Token] = []
    matcher = SequenceMatcher(None, [_key(b) for b in old], [_key(b) for b in new], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            for block in new[new_from:new_to]:
                out += block
        else:
            out += _bar(_compared(old[old_from:old_to], new[new_from:new_to]))
    return _html(out)


def _html(tokens: Sequence[Token]) -> SafeString:
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    # The one place where text is marked safe: it left the allow-list in this very line.
    return SafeString(
        nh3.clean(html, tags=_TAGS, attributes={"ol": {"start"}}, allowed_classes=_CLASSES)
    )


def _parsed(text: str) -> list[Token]:
    """Return the text's tokens; a text nested too deep is printed letter by letter, not cut."""
    tokens = _MARKDOWN.parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    if max((token.level for token in (*tokens, *inline)), default=0) > _DEEPEST:
        return [Token("code_block", "code", 0, content=text, block=True)]
    return _plain(tokens)


def _blocks(text: str) -> list[list[Token]]:
    """Return the top-level blocks of a text: paragraphs, lists, tables."""
    return _split(_parsed(text))


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    blocks: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            blocks.append([])
        blocks[-1].append(token)
        depth += token.nesting
    return blocks


def _key(block: list[Token]) -> tuple[str, ...]:
    return tuple(f"{token.type} {token.content.strip()}" for token in block)


def _bar(tokens: list[Token]) -> list[Token]:
    """Return the blocks with a bar beside them; a wide table has its own, further out."""
    out: list[Token] = []
    for block in _split(tokens):
        is_wide = block[0].attrGet("class") == "wide"
        attrs = {"class": "changed wide" if is_wide else "changed"}
        joins = bool(out) and not is_wide and out[-1].meta.get("joins")
        if joins:
            out.pop()
        else:
            out.append(Token("changed_open", "div", 1, attrs=attrs, block=True))
        closing = Token("changed_close", "div", -1, block=True, meta={"joins": not is_wide})
        out += [*block, closing]
    return out


def _compared(old: list[list[Token]], new: list[list[Token]]) -> list[Token]:
    """Return replaced blocks with their words compared in pairs, then what has no partner."""
    out: list[Token] = []
    for before, after in zip(old, new, strict=False):
        if _shape(before) == _shape(after):
            _compare_words(before, after)
            out += after
        else:
            out += _all(before, "del") + _all(after, "ins")
    for block in old[len(new) :]:
        out += _all(block, "del")
    for block in new[len(old) :]:
        out += _all(block, "ins")
    return out


def _shape(block: list[Token]) -> tuple[str, ...]:
    return tuple(token.type for token in block)


def _all(block: list[Token], tag: str) -> list[Token]:
    for token in block:
        if token.type == "inline" and token.children:
            token.children = [_open(tag), *token.children, _close(tag)]
    return block


def _compare_words(before: list[Token], after: list[Token]) -> None:
    for old, new in zip(before, after, strict=True):
        if new.type == "inline" and old.content != new.content:
            new.children = _words_marked(old.children or [], new.children or [])


def _words_marked(old: list[Token], new: list[Token]) -> list[Token]:
    """Return the new children with added words in ins and removed words in del, never crossing."""
    atoms = [(at, word) for at, token in enumerate(new) for word in _atoms(token)]
    gone = [word for token in old for word in _atoms(token)]
    before: dict[int, str] = {}
    added: set[int] = set()
    reached = 0
    for kind, start, end in word_runs(gone, [word for _, word in atoms]):
        if kind == "removed":
            before[reached] = "".join(gone[start:end])
        else:
            added.update(range(start, end) if kind == "added" else ())
            reached = end
    return _woven(new, atoms, before, added)


def _woven(
    children: list[Token],
    atoms: list[tuple[int, str]],
    before: dict[int, str],
    added: set[int],
) -> list[Token]:
    out: list[Token] = []
    position = 0
    for at, token in enumerate(children):
        own = [word for index, word in atoms if index == at]
        if not own:
            out.append(token)
            continue
        for word in own:
            if position in before:
                out += _wrapped("del", before[position])
            if position in added:
                out += _wrapped("ins", word) if token.type == "text" else [token]
            else:
                out.append(_text(word) if token.type == "text" else token)
            position += 1
    if position in before:
        out += _wrapped("del", before[position])
    return _joined(out)


def _atoms(token: Token) -> list[str]:
    if token.type == "text":
        lead = token.content[: len(token.content) - len(token.content.lstrip())]
        return ([lead] if lead else []) + words(token.content)
    return [token.content] if token.type == "code_inline" else []


def _joined(tokens: list[Token]) -> list[Token]:
    """Return the tokens with neighbouring added words in one mark, which ends before a space."""
    out: list[Token] = []
    for token in tokens:
        if token.type == "ins_open" and out and out[-1].type == "ins_close":
            out.pop()
        else:
            out.append(token)
    for at in range(len(out) - 1, 0, -1):
        word = out[at - 1]
        if out[at].type in ("ins_close", "del_close") and word.content != word.content.rstrip():
            word.content = word.content.rstrip()
            out.insert(at + 1, _text(" "))
    return out


def _wrapped(tag: str, text: str) -> list[Token]:
    return [_open(tag), _text(text), _close(tag)]


def _open(tag: str) -> Token:
    return Token(f"{tag}_open", tag, 1)


def _close(tag: str) -> Token:
    return Token(f"{tag}_close", tag, -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _plain(tokens: list[Token]) -> list[Token]:
    """Demote headings, name alignments by class, and turn links and pictures into words."""
    opening: Token | None = None
    columns = 0
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag = "h5"
        elif token.type == "table_open":
            opening, columns = token, 0
        elif token.type == "th_open":
            columns += 1
            if opening is not None and columns == WIDE_FROM:
                opening.attrSet("class", "wide")
        if token.type in ("th_open", "td_open") and (style := token.attrGet("style")):
            token.attrs = {"class": _ALIGN[style]} if style in _ALIGN else {}
        if token.type == "inline":
            token.children = _without_links(token.children or [])
    return tokens


def _without_links(children: list[Token]) -> list[Token]:
    out: list[Token] = []
    addresses: list[tuple[str, int]] = []
    for token in children:
        if token.type == "link_open":
            addresses.append((str(token.attrGet("href") or ""), len(out)))
        elif token.type == "link_close" and addresses:
            address, start = addresses.pop()
            shown = "".join(t.content for t in out[start:])
            if address.removeprefix("mailto:") not in ("", shown):
                out.append(_text(f" ({address})"))
        elif token.type == "image":
            out.append(_text(f"[picture: {token.content or 'not described'}]"))
        else:
            out.append(token)
    return out
