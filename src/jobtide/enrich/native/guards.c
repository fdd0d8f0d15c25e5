/* Is a name surely meant, surely not, or must Python look where it stands?
 *
 * The same answer as skills._doubt gives in whatever section the name stands, or REST: amounts, sections and the ends of
 * blocks are Python's to look at. APART: part of an address, or only likened to something.
 */
#include "tree.h"

enum { CASE = 1, LISTED = 2, ALONE = 4, MORE = 8 /* what only Python looks at */ };
enum { END, WRITTEN, NEAR, NOT_AFTER, NOT_BEFORE };                 /* roles of a guard's words */
enum { REACH = 120, WORD = 24, AFTER = 16, FAR_BACK = 200, FAR_ON = 40 }; /* bytes looked at, as in guards.py */

typedef struct {
    const uint8_t *data, *folded;
    int64_t length, start, end;
} Place;

typedef struct {
    const uint8_t *at;
    int64_t size;
} Words;

static int is_blank(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static int is_upper(uint8_t c) { return c >= 'A' && c <= 'Z'; }

static int is_alnum(uint8_t c) { return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

static int is_joint(uint8_t c) { return c && strchr("/.@-_?=:", c) != NULL; }

static int is_list_sign(uint8_t c) { return c && strchr(",/();|&:+", c) != NULL; }

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

static int holds(const uint8_t *at, const uint8_t *end, const void *what, int64_t size) {
    const uint8_t *words = what;
    for (; end - at >= size; at++) {
        at = memchr(at, words[0], (size_t)(end - at - size + 1));
        if (!at)
            return 0;
        if (!memcmp(at, words, (size_t)size))
            return 1;
    }
    return 0;
}

static int is_among(const uint8_t *guard, Words word) {
    for (guard++; *guard != END; guard += 2 + guard[1])
        if (guard[1] == word.size && !memcmp(guard + 2, word.at, (size_t)word.size))
            return 1;
    return 0;
}

/* The first sign of the next ``reach`` bytes that is no blank, 0 for none. */
static uint8_t sign_after(const Place *place, int64_t reach) {
    for (int64_t at = place->end; at < least(place->length, place->end + reach); at++)
        if (!is_blank(place->data[at]))
            return place->data[at];
    return 0;
}

static uint8_t sign_before(const Place *place) {
    for (int64_t at = place->start; at > 0 && at > place->start - 2; at--)
        if (!is_blank(place->data[at - 1]))
            return place->data[at - 1];
    return 0;
}

/* The word before; "&" that stands directly before is itself the word. */
static Words word_before(const Place *place) {
    if (sign_before(place) == '&')
        return (Words){(const uint8_t *)"&", 1};
    int64_t low = place->start > WORD ? place->start - WORD : 0, stop = place->start, begin;
    while (stop > low && place->folded[stop - 1] == ' ')
        stop--;
    for (begin = stop; begin > low && place->folded[begin - 1] != ' ';)
        begin--;
    return (Words){place->folded + begin, stop - begin};
}

static Words word_after(const Place *place, int64_t reach) {
    int64_t high = least(place->length, place->end + reach), begin = place->end, stop;
    while (begin < high && place->folded[begin] == ' ')
        begin++;
    for (stop = begin; stop < high && place->folded[stop] != ' ';)
        stop++;
    return (Words){place->folded + begin, stop - begin};
}

/* Whether ``words`` follow, as a whole or as the sign they are. */
static int is_followed_by(const Place *place, Words words) {
    const uint8_t *after = word_after(place, WORD).at, *high = place->folded + least(place->length, place->end + WORD);
    if (high - after >= words.size && !memcmp(after, words.at, (size_t)words.size) &&
        (high - after == words.size || !is_alnum(after[words.size])))
        return 1;
    return words.size == 1 && sign_after(place, 3) == words.at[0];
}

static int64_t tidied(uint8_t *to, int64_t size, const uint8_t *at, const uint8_t *end) {
    for (; at < end; at++)
        if (*at != ' ' || to[size - 1] != ' ')
            to[size++] = *at;
    return size;
}

/* The words on either side, with one blank between and around them; ``to`` holds what they are at most. */
static int64_t surroundings(const Place *place, uint8_t *to) {
    int64_t low = place->start > REACH ? place->start - REACH : 0, high = least(place->length, place->end + REACH);
    static const uint8_t blank[] = " ";
    to[0] = ' ';
    int64_t size = tidied(to, 1, place->folded + low, place->folded + place->start);
    size = tidied(to, size, blank, blank + 1);
    size = tidied(to, size, place->folded + place->end, place->folded + high);
    return tidied(to, size, blank, blank + 1);
}

static int is_near(const uint8_t *around, int64_t size, Words words) {
    for (int64_t at = 0; at + words.size + 1 < size; at++)
        if (around[at] == ' ' && around[at + 1] == words.at[0] && around[at + 1 + words.size] == ' ' &&
            !memcmp(around + at + 1, words.at, (size_t)words.size))
            return 1;
    return 0;
}

static int is_listed(const Tree *tree, const Place *place) {
    if (is_list_sign(sign_before(place)) || is_list_sign(sign_after(place, 2)))
        return 1;
    return is_among(tree->guards + tree->guard_at[LISTS], word_before(place)) ||
           is_among(tree->guards + tree->guard_at[LISTS], word_after(place, AFTER));
}

/* Whether no noun follows, wherever the block may end. */
static int is_alone(const Tree *tree, const Place *place) {
    int64_t at = place->end, high = least(place->length, place->end + WORD);
    if (at == high || (place->data[at] != ' ' && place->data[at] != '-'))
        return 1;
    if (place->data[at] == ' ' && (at + 1 == high || !is_alnum(place->data[at + 1])))
        return 1;
    return place->data[at] == ' ' && is_among(tree->guards + tree->guard_at[LINKS], word_after(place, WORD));
}

static int is_in_address(const Place *place) {
    const uint8_t *data = place->data, *begin = data + place->start, *stop = begin;
    const uint8_t *low = data + (place->start > FAR_BACK ? place->start - FAR_BACK : 0);
    const uint8_t *high = data + least(place->length, place->end + FAR_ON);
    while (begin > low && begin[-1] != ' ' && begin[-1] != '\n')
        begin--;
    while (stop < high && !is_blank(*stop))
        stop++;
    return holds(begin, stop, "@", 1) || holds(begin, stop, "://", 3) || holds(begin, stop, "www.", 4) ||
           holds(begin, stop, ".com/", 5);
}

static int is_likened(const Place *place) {
    const uint8_t *at = place->data + place->end;
    int64_t left = place->length - place->end;
    return (left >= 5 && !memcmp(at, "-like", 5)) || (left >= 6 && (!memcmp(at, "-style", 6) || !memcmp(at, "-esque", 6)));
}

static int is_refused(const Place *place, const uint8_t *guard) {
    uint8_t around[2 * REACH + 4];
    int64_t size = 0, dot = place->start;
    int written = 0, wrote = 0, company = 0, met = 0;
    if (dot > 0 && place->data[dot - 1] == '.' && (dot == 1 || !is_alnum(place->data[dot - 2])))
        dot--;
    for (const uint8_t *at = guard + 1; *at != END; at += 2 + at[1]) {
        Words words = {at + 2, at[1]};
        if (*at == WRITTEN) {
            written = 1;
            wrote = wrote || holds(place->data + dot, place->data + place->end, words.at, words.size);
        } else if (*at == NEAR) {
            company = 1;
            size = size ? size : surroundings(place, around);
            met = met || is_near(around, size, words);
        } else if (*at == NOT_AFTER) {
            Words before = word_before(place);
            if (before.size == words.size && !memcmp(before.at, words.at, (size_t)words.size))
                return 1;
        } else if (is_followed_by(place, words)) {
            return 1;
        }
    }
    return wrote < written || met < company;
}

/* What is said above of the words from ``start`` to ``end``, which are the term of this number. */
int32_t doubt_of(const Tree *tree, const uint8_t *data, const uint8_t *folded, int64_t length, const Hit *hit) {
    Place place = {data, folded, length, hit->start, hit->end};
    int rest = 0;
    if (tree->guard_at[GUARDS + hit->number] >= 0) {
        const uint8_t *guard = tree->guards + tree->guard_at[GUARDS + hit->number];
        if (((*guard & CASE) && !is_upper(data[hit->start])) || is_refused(&place, guard) ||
            ((*guard & LISTED) && !is_listed(tree, &place)))
            return REFUSED;
        rest = (*guard & MORE) || ((*guard & ALONE) && !is_alone(tree, &place));
    }
    int joint = is_joint(data[least(hit->end, length - 1)]) || is_joint(data[hit->start ? hit->start - 1 : length - 1]);
    if ((joint && is_in_address(&place)) || is_likened(&place))
        return APART;
    return rest ? REST : SURE;
}
