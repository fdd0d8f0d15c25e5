/* Which lines does well-nested HTML show, and is each a paragraph, a list item or a heading?
 *
 * The same answer as markup.in_one_pass and text.assembled give together, many times as fast, or none: wherever this
 * would have to guess (a tag that a parser repairs, an entity it does not know) it says UNSURE and Python decides.
 */
#include "scan.h"

enum { PARAGRAPH, ITEM, HEADED, LOOK = 4 };
enum { DEEPEST = 64, LONGEST_HEADING = 90, LONGEST_INLINE = 48, LONGEST_NAME = 15 };
/* What a tag is: within a line, formatting that must be closed in order, the end of a line. */
enum { INLINE, FORMAT, BREAK, BLOCK, HEADING };
/* Blocks whose own name decides something, and the first of those that are only themselves. */
enum { BODY = 1, P, LI, UL, OL, OTHER };

typedef struct {
    const char *name;
    uint8_t is, id; /* id: letter of a format, number of a block */
} Tag;

/* The usual ones first: they are looked for in this order. */
static const Tag TAGS[] = {
    {"p", BLOCK, P}, {"li", BLOCK, LI}, {"strong", FORMAT, 'B'}, {"ul", BLOCK, UL}, {"span", INLINE, 0}, {"br", BREAK, 0},
    {"em", FORMAT, 'e'}, {"h2", HEADING, OTHER + 8}, {"h3", HEADING, OTHER + 9}, {"div", BLOCK, OTHER}, {"a", FORMAT, 'a'},
    {"b", FORMAT, 'b'}, {"big", FORMAT, 'c'}, {"code", FORMAT, 'd'}, {"font", FORMAT, 'f'}, {"i", FORMAT, 'g'},
    {"s", FORMAT, 'h'}, {"small", FORMAT, 'i'}, {"strike", FORMAT, 'j'}, {"tt", FORMAT, 'k'}, {"u", FORMAT, 'l'},
    {"ol", BLOCK, OL}, {"section", BLOCK, OTHER + 1}, {"article", BLOCK, OTHER + 2}, {"header", BLOCK, OTHER + 3},
    {"footer", BLOCK, OTHER + 4}, {"main", BLOCK, OTHER + 5}, {"blockquote", BLOCK, OTHER + 6},
    {"h1", HEADING, OTHER + 7}, {"h4", HEADING, OTHER + 10}, {"h5", HEADING, OTHER + 11}, {"h6", HEADING, OTHER + 12},
    {"abbr", INLINE, 0}, {"acronym", INLINE, 0}, {"bdi", INLINE, 0}, {"bdo", INLINE, 0}, {"cite", INLINE, 0},
    {"data", INLINE, 0}, {"del", INLINE, 0}, {"dfn", INLINE, 0}, {"img", INLINE, 0}, {"ins", INLINE, 0},
    {"kbd", INLINE, 0}, {"label", INLINE, 0}, {"mark", INLINE, 0}, {"q", INLINE, 0}, {"samp", INLINE, 0},
    {"sub", INLINE, 0}, {"sup", INLINE, 0}, {"time", INLINE, 0}, {"var", INLINE, 0}, {"wbr", INLINE, 0},
};

static const struct {
    const char *name, *is;
} ENTITIES[] = {
    {"amp;", "&"}, {"lt;", "<"}, {"gt;", ">"}, {"quot;", "\""}, {"#39;", "'"}, {"#x27;", "'"}, {"nbsp;", " "},
    {"rsquo;", "\xe2\x80\x99"}, {"lsquo;", "\xe2\x80\x98"}, {"rdquo;", "\xe2\x80\x9d"}, {"ldquo;", "\xe2\x80\x9c"},
    {"ndash;", "\xe2\x80\x93"}, {"mdash;", "\xe2\x80\x94"}, {"hellip;", "\xe2\x80\xa6"}, {"bull;", "\xe2\x80\xa2"},
    {"middot;", "\xc2\xb7"}, {"euro;", "\xe2\x82\xac"}, {"pound;", "\xc2\xa3"}, {"trade;", "\xe2\x84\xa2"},
};

typedef struct {
    uint8_t is, id, formats, bold;
    uint8_t letters[DEEPEST];
} Element;

typedef struct {
    Element open[DEEPEST];
    int depth;
    int fresh; /* a block began or ended since the last words, so the next ones start a line */
    uint8_t *text, *out, *end;
    uint8_t *before, *begun; /* the line being written: where it would be undone to, and its words; NULL if none */
    int kind, bold, blank;
    int32_t *spans;
    int64_t lines, most;
} Page;

static int is_blank(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f); }

static int is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

static Element *top_of(Page *page) { return &page->open[page->depth - 1]; }

static const Tag *known(const uint8_t *name, int64_t length) {
    char lower[LONGEST_NAME + 1];
    if (length > LONGEST_NAME)
        return NULL;
    for (int64_t i = 0; i < length; i++)
        lower[i] = (char)(is_letter(name[i]) ? name[i] | 32 : name[i]);
    lower[length] = 0;
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
        if (TAGS[i].name[0] == lower[0] && !strcmp(TAGS[i].name, lower))
            return &TAGS[i];
    return NULL;
}

/* Whether a tag can be taken at its name: no odd quotes, nothing that may hide what it holds. */
static int is_plain(const uint8_t *at, const uint8_t *end) {
    int doubles = 0, singles = 0;
    for (; at < end; at++) {
        doubles += *at == '"';
        singles += *at == '\'';
        if (*at == 0xc4 || *at == 0xc5) /* letters that are "i" and "s" to whoever ignores case */
            return 0;
        if ((*at | 32) == 'h' && end - at >= 6 && !strncasecmp((const char *)at, "hidden", 6))
            return 0;
        if ((*at | 32) == 'd' && end - at >= 7 && !strncasecmp((const char *)at, "display", 7))
            return 0;
    }
    return doubles % 2 == 0 && singles % 2 == 0;
}

/* ---- the elements that are open ---- */

static int popped(Page *page) {
    if (page->depth <= 1 || top_of(page)->formats)
        return UNSURE; /* bold or the like began in it and goes on behind it */
    page->depth--;
    return 0;
}

/* A paragraph ends where a block begins, an item where the next one does. */
static int opened(Page *page, const Tag *tag) {
    while (top_of(page)->id == P || (top_of(page)->id == LI && tag->id == LI))
        if (popped(page))
            return UNSURE;
    const Element *top = top_of(page);
    if (tag->id == LI && top->id != UL && top->id != OL && top->id != BODY)
        return UNSURE;
    if ((tag->is == HEADING && top->is == HEADING) || page->depth == DEEPEST)
        return UNSURE;
    Element *inner = &page->open[page->depth++];
    inner->is = tag->is;
    inner->id = tag->id;
    inner->formats = inner->bold = 0;
    return 0;
}

/* With a block ends the paragraph or item that it holds. */
static int closed(Page *page, const Tag *tag) {
    while (top_of(page)->id != tag->id) {
        uint8_t id = top_of(page)->id;
        if (tag->id == P || (id != P && id != LI) || popped(page))
            return UNSURE;
    }
    return popped(page);
}

static int formatted(Page *page, const Tag *tag, int closing) {
    Element *top = top_of(page);
    uint8_t bold = tag->id == 'b' || tag->id == 'B';
    if (closing) {
        if (!top->formats || top->letters[top->formats - 1] != tag->id)
            return UNSURE;
        top->formats--;
        top->bold -= bold;
        return 0;
    }
    if (top->formats == DEEPEST)
        return UNSURE;
    top->letters[top->formats++] = tag->id;
    top->bold += bold;
    return 0;
}

/* The page behind a tag, which is given as written between its brackets. */
static int stepped(Page *page, const uint8_t *at, const uint8_t *end) {
    int closing = at < end && *at == '/';
    const uint8_t *name = at + closing, *stop = name;
    while (stop < end && (is_letter(*stop) || (stop > name && *stop >= '0' && *stop <= '9')))
        stop++;
    if (stop == name || (stop < end && *stop != '/' && !is_blank(*stop)) || !is_plain(stop, end))
        return UNSURE;
    const Tag *tag = known(name, stop - name);
    if (!tag || (tag->is == BREAK && closing))
        return UNSURE;
    if (tag->is == FORMAT)
        return formatted(page, tag, closing);
    if (tag->is == INLINE)
        return 0;
    page->fresh = 1;
    if (tag->is == BREAK)
        return 0;
    return closing ? closed(page, tag) : opened(page, tag);
}

/* ---- the line that is being written ---- */

/* Whether the words may name the section they stand in: "Requirements: ...", "Nice to have ...". */
static int is_telling(int kind, const uint8_t *words, int64_t length) {
    if (memchr("nNbBpPiIaA", *words, 10))
        return 1;
    int64_t stop = length < LONGEST_INLINE ? length : LONGEST_INLINE;
    return kind == PARAGRAPH && stop > 2 && memchr(words + 2, ':', (size_t)(stop - 2));
}

static int is_heading(const Page *page, const uint8_t *words, const uint8_t *end) {
    int count = 0;
    if (!page->bold || page->kind != PARAGRAPH || end[-1] == '.' || end[-1] == ',')
        return 0;
    for (; words < end; words++)
        count += (*words & 0xc0) != 0x80;
    return count <= LONGEST_HEADING;
}

static int ended(Page *page) {
    uint8_t *words = page->begun, *end = page->out;
    page->begun = NULL;
    if (!words)
        return 0;
    if (end == words) { /* nothing but signs that nobody sees */
        page->out = page->before;
        return 0;
    }
    if (page->lines == page->most)
        return UNSURE;
    int kind = is_heading(page, words, end) ? HEADED : page->kind;
    int look = kind != HEADED && is_telling(kind, words, end - words);
    int32_t *span = page->spans + 3 * page->lines++;
    span[0] = (int32_t)(words - page->text);
    span[1] = (int32_t)(end - page->text);
    span[2] = kind | (look ? LOOK : 0);
    return 0;
}

static int begun(Page *page) {
    if (ended(page) || page->end - page->out < 4)
        return UNSURE;
    const Element *top = top_of(page);
    int item = top->id == LI || (page->depth > 1 && page->open[page->depth - 2].id == LI);
    page->kind = top->is == HEADING ? HEADED : item ? ITEM : PARAGRAPH;
    page->before = page->out;
    if (page->out > page->text)
        *page->out++ = '\n';
    if (page->kind == ITEM) {
        *page->out++ = '-';
        *page->out++ = ' ';
    } else if (page->out > page->text) { /* a blank line before paragraphs and headings */
        *page->out++ = '\n';
    }
    page->begun = page->out;
    page->bold = top->bold || top->is == HEADING;
    page->fresh = page->blank = 0;
    return 0;
}

/* Write one sign; of no size it is seen by nobody, yet it may begin a line. */
static int put(Page *page, const char *sign, int size) {
    if (page->fresh) {
        if (begun(page))
            return UNSURE;
    } else if (!top_of(page)->bold && top_of(page)->is != HEADING) {
        page->bold = 0;
    }
    if (!size)
        return 0;
    if (page->end - page->out <= size)
        return UNSURE;
    if (page->blank && page->out > page->begun)
        *page->out++ = ' ';
    page->blank = 0;
    memcpy(page->out, sign, (size_t)size);
    page->out += size;
    return 0;
}

/* How many bytes the sign at ``at`` takes, UNSURE if they are not UTF-8; it shows as ``as``: "" not at all, " " as a blank. */
static int sign(const uint8_t *at, const uint8_t *end, const char **as) {
    uint8_t a = at[0], b = end - at > 1 ? at[1] : 0, c = end - at > 2 ? at[2] : 0;
    *as = NULL;
    if (a < 0x80) {
        if (is_blank(a))
            *as = " ";
        return a < 2 ? UNSURE : 1;
    }
    int size = a >= 0xf0 ? 4 : a >= 0xe0 ? 3 : a >= 0xc2 ? 2 : UNSURE;
    if (size > end - at)
        return UNSURE;
    if (a == 0xc2)
        *as = b == 0xa0 || b == 0x85 ? " " : b == 0xad ? "" : NULL;
    else if (a == 0xe2 && b == 0x80)
        *as = c <= 0x8a || c == 0xa8 || c == 0xa9 || c == 0xaf ? " " : c <= 0x8d ? "" : c == 0x90 || c == 0x91 ? "-" : NULL;
    else if (a == 0xe2 && b == 0x81)
        *as = c == 0x9f ? " " : c == 0xa0 ? "" : NULL;
    else if ((a == 0xe3 && b == 0x80 && c == 0x80) || (a == 0xe1 && b == 0x9a && c == 0x80))
        *as = " ";
    else if (a == 0xef && b == 0xbb && c == 0xbf)
        *as = "";
    return size;
}

/* The same of an ampersand and what follows it: a character reference, or the sign itself. */
static int entity(const uint8_t *at, const uint8_t *end, const char **as) {
    *as = "&";
    if (end - at == 1 || memchr("\t\n\f &;", at[1], 6))
        return 1;
    for (size_t i = 0; i < sizeof ENTITIES / sizeof *ENTITIES; i++) {
        int length = (int)strlen(ENTITIES[i].name);
        if (end - at > length && !memcmp(at + 1, ENTITIES[i].name, (size_t)length)) {
            *as = ENTITIES[i].is;
            return length + 1;
        }
    }
    return UNSURE;
}

/* Letters that are only themselves are written a word at a time. */
static int is_itself(uint8_t c) { return c > ' ' && c < 0x80 && c != '&'; }

static int said(Page *page, const uint8_t *at, const uint8_t *end) {
    while (at < end) {
        const uint8_t *stop = at;
        while (stop < end && is_itself(*stop))
            stop++;
        if (stop > at) {
            if (put(page, (const char *)at, (int)(stop - at)))
                return UNSURE;
            at = stop;
            continue;
        }
        const char *as;
        int size = *at == '&' ? entity(at, end, &as) : sign(at, end, &as);
        if (size < 0)
            return UNSURE;
        if (as && *as == ' ')
            page->blank = 1;
        else if (put(page, as ? as : (const char *)at, as ? (int)strlen(as) : size))
            return UNSURE;
        at += size;
    }
    return 0;
}

/* Write the text of ``html`` and, for each line, (start, end, kind) of its words; return how many lines, or UNSURE.
 * ``text`` holds ``room`` bytes, ``spans`` three numbers for each of ``most`` lines; ``size`` is how long the text is. */
EXPORT int64_t page_lines(const uint8_t *html, int64_t length, uint8_t *text, int64_t room, int32_t *spans, int64_t most,
                          int64_t *size) {
    Page page = {.depth = 1, .fresh = 1, .text = text, .out = text, .end = text + room, .spans = spans, .most = most};
    page.open[0].is = BLOCK;
    page.open[0].id = BODY;
    const uint8_t *at = html, *end = html + length;
    while (at < end) {
        const uint8_t *next = memchr(at, '<', (size_t)(end - at));
        if (said(&page, at, next ? next : end))
            return UNSURE;
        if (!next)
            break;
        const uint8_t *stop = memchr(next, '>', (size_t)(end - next));
        if (!stop || memchr(next + 1, '<', (size_t)(stop - next - 1)) || stepped(&page, next + 1, stop))
            return UNSURE;
        at = stop + 1;
    }
    if (ended(&page))
        return UNSURE;
    *size = page.out - text;
    return page.lines;
}
