"""Which words does an HTML page have?"""

from selectolax.lexbor import LexborHTMLParser


def plain(html: str) -> str:
    """Return the words of an HTML page: blocks on lines of their own, links and raised numbers as Markdown has them."""
    tree = LexborHTMLParser(" ".join(html.split()))
    tree.strip_tags(["script", "style", "nav", "noscript", "svg", "form", "template", "head"])
    for node in tree.css("a[href^='http']"):
        if node.text().strip():
            node.replace_with(f"[{' '.join(node.text().split())}]({node.attributes['href']})")
    for node in tree.css("sup"):
        mark = node.text().strip().strip("[]()")
        if mark.isdigit():
            node.replace_with(f" [{mark}]")
    for node in tree.css("td + td, th + td, th + th, td + th"):
        node.insert_before(" | ")  # a row is read as one line
    for node in tree.css("p, li, h1, h2, h3, h4, h5, h6, div, tr, br, blockquote, section, article"):
        node.insert_before("\n")
        node.insert_after("\n")
    for node in tree.css("h1, h2, h3, h4, h5, h6"):
        node.insert_before("# ")  # behind the line end that was put there: next to its words
    body = tree.body
    lines = (" ".join(line.split()) for line in (body.text() if body else "").split("\n"))
    return "\n".join(line for line in lines if line)
