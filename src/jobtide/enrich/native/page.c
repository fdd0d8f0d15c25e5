/* Which lines does well-nested HTML show, and is each a paragraph, a list item or a heading?
 *
 * The same answer as markup.in_one_pass and text.assembled give together, many times as fast, or none: wherever this
 * would have to guess (a tag that a parser repairs, an entity it does not know) it says UNSURE and Python decides.
 */
#include "page.h"

enum { PARAGRAPH, ITEM, HEADED, LOOK = 4 }; /* as in text.KINDS */
enum { DEEPEST = 64, LONGEST_HEADING = 90, LONGEST_INLINE = 48 };
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

static Element *top_of(Page *page) { return &page->open[page->depth - 1]; }

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

/* Whether the words may name the section they stand in: "Requirements: ...", "Nice to have ...", also of an item "Stack: ...";
 * Labeller.section looks at these alone. */
static int is_telling(int kind, const uint8_t *words, int64_t length) {
    if (memchr("nNbBpPiIaA", *words, 10))
        return 1;
    int64_t stop = length < LONGEST_INLINE ? length : LONGEST_INLINE;
    return (kind == PARAGRAPH || memchr("oOsStT", *words, 6)) && stop > 2 && memchr(words + 2, ':', (size_t)(stop - 2));
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

/* Letters that are only themselves, with single blanks between them, are written a stretch at a time. */
static int is_itself(uint8_t c) { return c > ' ' && c < 0x80 && c != '&'; }

/* Whether eight bytes that follow a letter are such: nothing above ASCII, below a blank or "&", no two blanks, none the last. */
static int are_themselves(const uint8_t *at) {
    const uint64_t each = 0x0101010101010101u, high = 0x80 * each;
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    uint64_t sign = eight ^ '&' * each, blank = eight ^ ' ' * each;
    uint64_t odd = eight | ((eight - ' ' * each) & ~eight) | ((sign - each) & ~sign);
    uint64_t blanks = ~(((blank & ~high) + ~high) | blank | ~high);
    return !(odd & high) && !(blanks & (blanks >> 8)) && at[7] != ' ';
}

static const uint8_t *stretch_end(const uint8_t *at, const uint8_t *end) {
    for (;;) {
        while (end - at >= 8 && are_themselves(at))
            at += 8;
        if (at == end || !(is_itself(*at) || (*at == ' ' && at + 1 < end && is_itself(at[1]))))
            return at;
        at++;
    }
}

static int said(Page *page, const uint8_t *at, const uint8_t *end) {
    while (at < end) {
        if (is_itself(*at)) {
            const uint8_t *stop = stretch_end(at + 1, end);
            if (put(page, (const char *)at, (int)(stop - at)))
                return UNSURE;
            at = stop;
            continue;
        }
        if (*at == ' ') {
            page->blank = 1;
            at++;
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
