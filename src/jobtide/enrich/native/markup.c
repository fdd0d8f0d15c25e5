/* Which tags and signs of HTML do we know, and what does each show? What is not here is left to a parser. */
#include "page.h"

enum { LONGEST_NAME = 15 };

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

const Tag *known(const uint8_t *name, int64_t length) {
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

/* What may matter behind the name of a tag: quotes, what "hidden" and "display" begin with, and what the letters begin with
 * that are "i" and "s" to whoever ignores case. */
static const uint8_t MATTERS[256] = {['"'] = 1, ['\''] = 2, ['h'] = 3, ['H'] = 3, ['d'] = 4, ['D'] = 4, [0xc4] = 5, [0xc5] = 5};

/* Whether a tag can be taken at its name: no odd quotes, nothing that may hide what it holds. */
int is_plain(const uint8_t *at, const uint8_t *end) {
    int quotes[3] = {0};
    for (; at < end; at++) {
        uint8_t what = MATTERS[*at];
        if (!what)
            continue;
        if (what < 3)
            quotes[what]++;
        else if (what == 5 || (what == 3 && end - at >= 6 && !strncasecmp((const char *)at, "hidden", 6)) ||
                 (what == 4 && end - at >= 7 && !strncasecmp((const char *)at, "display", 7)))
            return 0;
    }
    return quotes[1] % 2 == 0 && quotes[2] % 2 == 0;
}

/* How many bytes the sign at ``at`` takes, UNSURE if they are not UTF-8; it shows as ``as``: "" not at all, " " as a blank. */
int sign(const uint8_t *at, const uint8_t *end, const char **as) {
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
int entity(const uint8_t *at, const uint8_t *end, const char **as) {
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
