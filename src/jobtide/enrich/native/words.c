/* Where do the words we know stand in a text, and which reader wants the block that each stands in?
 *
 * The same answer as automaton.Automaton and buffer._dealt give together.
 */
#include "tree.h"

enum { HEAPS = 8 /* native.HEAPS */ };

/* Hits of one sort, in order of their starts. */
typedef struct {
    Hit *hits;
    int64_t count, most;
} Heap;

typedef struct {
    const Tree *tree;
    const uint8_t *folded; /* with a blank of its own on either side */
    int64_t length;
    int32_t text_at;
    const int32_t *starts;
    int64_t blocks, block; /* how many, and which we stand in */
    uint32_t *masks;
    Heap speaking;
    Heap kept[HEAPS];    /* the terms, then the phrases of each counter */
    Hit longest[HEAPS];  /* of each the longest that begins here */
    uint32_t begun;      /* a bit for each that has any */
} Pass;

static int added(Heap *heap, const Hit *hit) {
    if (heap->count == heap->most)
        return UNSURE;
    heap->hits[heap->count++] = *hit;
    return 0;
}

static void offered(Pass *pass, int heap, const Hit *hit) {
    if (pass->begun >> heap & 1 && pass->longest[heap].end >= hit->end)
        return;
    pass->longest[heap] = *hit;
    pass->begun |= 1u << heap;
}

static int dealt(Pass *pass, int32_t start, int32_t end, int32_t number) {
    const Tree *tree = pass->tree;
    Hit hit = {start, end, number, (int32_t)pass->block};
    if (number < tree->terms) {
        offered(pass, 0, &hit);
        return 0;
    }
    int32_t word = hit.number = number - tree->terms;
    pass->masks[pass->block] |= tree->owners[word];
    if (tree->speaks[word] && start >= pass->text_at && added(&pass->speaking, &hit))
        return UNSURE;
    for (int32_t counter = 0; counter < tree->counters; counter++) {
        hit.number = tree->counted[word * tree->counters + counter];
        if (hit.number >= 0 && (!tree->reach[counter] || start < pass->text_at + tree->reach[counter]))
            offered(pass, 1 + counter, &hit);
    }
    return 0;
}

/* Keep what begins here: a phrase unless it stands in one that began before, a term also instead of a shorter one. */
static int settled(Pass *pass) {
    for (int heap = 0; pass->begun >> heap; heap++) {
        if (!(pass->begun >> heap & 1))
            continue;
        Heap *kept = &pass->kept[heap];
        const Hit *hit = &pass->longest[heap];
        Hit *last = kept->count ? kept->hits + kept->count - 1 : NULL;
        if (!last || hit->start >= last->end) {
            if (added(kept, hit))
                return UNSURE;
        } else if (heap == 0 && hit->end - hit->start > last->end - last->start) {
            *last = *hit;
        }
    }
    pass->begun = 0;
    return 0;
}

/* Deal out every pattern that begins at ``start`` and leads through ``node``, which is the one in front of ``at``. */
static int met(Pass *pass, const Node *node, int64_t start, int64_t at) {
    const Tree *tree = pass->tree;
    for (; node; at++) {
        uint32_t pattern = node->pattern;
        if (pattern != NO_PATTERN) {
            int64_t end = start + tree->at[pattern + 1] - tree->at[pattern];
            if (end <= pass->length &&
                !memcmp(pass->folded + at, tree->bytes + tree->at[pattern] + (at - start), (size_t)(end - at)))
                do
                    if (dealt(pass, (int32_t)start, (int32_t)(end - 2), tree->numbers[pattern]))
                        return UNSURE;
                while (tree->again[pattern++]);
        }
        node = at < pass->length ? child_of(tree, node, pass->folded[at]) : NULL;
    }
    return pass->begun ? settled(pass) : 0;
}

static int met_at(Pass *pass, int64_t start, uint64_t letters) {
    const Beginning *beginning = beginning_of(pass->tree, letters);
    if (!beginning->letters)
        return 0;
    while (pass->block + 1 < pass->blocks && pass->starts[pass->block + 1] <= start)
        pass->block++;
    return met(pass, pass->tree->nodes + beginning->node, start, start + beginning->depth);
}

static int looked(Pass *pass) {
    for (int64_t start = 0; start + 2 < pass->length;) { /* the shortest pattern is a letter between blanks */
        const uint8_t *word = pass->folded + start + 1;
        uint64_t letters;
        if (word[-1] != ' ' || word[0] == ' ') {
            start++;
            continue;
        }
        int size = letters_of(word, &letters);
        if (may_begin(pass->tree, word, letters, size) && met_at(pass, start, letters))
            return UNSURE;
        start += 1 + size;
    }
    return 0;
}

/* Signs of several bytes, as in automaton._SIGNS: what they begin with and how many bytes they take. */
static const struct Sign {
    uint8_t first, low, high, size;
} SIGNS[] = {{0xc2, 0x80, 0xbf, 2}, {0xe2, 0x80, 0xaf, 3}, {0xe3, 0x80, 0x80, 3}, {0xf0, 0x9f, 0x9f, 4}};

static int is_sign(const struct Sign *sign, const uint8_t *at, const uint8_t *end) {
    if (end - at < sign->size || at[1] < sign->low || at[1] > sign->high)
        return 0;
    if (sign->size == 2 && (at[1] == 0xb0 || at[1] == 0xb5))
        return 0; /* degrees and millionths stay with their letter */
    for (int i = 2; i < sign->size; i++)
        if (at[i] < 0x80 || at[i] > 0xbf)
            return 0;
    return 1;
}

/* Lower case, with a blank for whatever is no letter, digit, "+" or "#", as automaton.fold gives it; same length. */
static void fold(const uint8_t *data, int64_t length, uint8_t *folded) {
    for (int64_t i = 0; i < length; i++) { /* written so that many bytes are done at once */
        uint8_t c = data[i], lower = (uint8_t)(c | ((uint8_t)(c - 'A') < 26) << 5);
        int stays = (c >= 0x80) | ((uint8_t)(lower - 'a') < 26) | ((uint8_t)(c - '0') < 10) | (c == '+') | (c == '#');
        folded[i] = stays ? lower : ' ';
    }
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        for (const uint8_t *at = data; (at = memchr(at, SIGNS[i].first, (size_t)(data + length - at))); at++)
            if (is_sign(SIGNS + i, at, data + length))
                memset(folded + (at - data), ' ', (size_t)SIGNS[i].size);
}

/* Find every pattern in ``data``, which is folded into ``folded``, with a blank of its own on either side, and has
 * eight bytes of room behind that.
 *
 * ``starts`` are those of the blocks; ``masks`` gets, for each block, a bit for every reader that wants it. ``hits`` has room
 * for ``most`` hits of each sort; they stand one sort behind the other, the terms, the words that speak, each counter's
 * phrases, and ``counts`` says how many. Returns 0, or UNSURE where there is no more room. */
EXPORT int64_t words_scan(const Tree *tree, const uint8_t *data, int64_t length, uint8_t *folded, int32_t text_at,
                          const int32_t *starts, int64_t blocks, uint32_t *masks, Hit *hits, int64_t most,
                          int64_t *counts) {
    int sorts = tree->counters + 2;
    if (sorts > HEAPS || blocks < 1)
        return UNSURE;
    folded[0] = folded[length + 1] = ' ';
    fold(data, length, folded + 1);
    Pass pass = {.tree = tree, .folded = folded, .length = length + 2, .text_at = text_at, .starts = starts,
                 .blocks = blocks, .masks = masks, .speaking = {hits + most, 0, most}};
    for (int heap = 0; heap < sorts - 1; heap++)
        pass.kept[heap] = (Heap){hits + most * (heap ? heap + 1 : 0), 0, most};
    memset(masks, 0, (size_t)blocks * sizeof *masks);
    if (looked(&pass))
        return UNSURE;
    for (int64_t term = 0; term < pass.kept[0].count; term++)
        hits[term].more = doubt_of(tree, data, folded + 1, length, hits + term);
    Hit *behind = hits;
    for (int sort = 0; sort < sorts; sort++) {
        const Heap *heap = sort == 1 ? &pass.speaking : &pass.kept[sort ? sort - 1 : 0];
        memmove(behind, heap->hits, (size_t)heap->count * sizeof *behind);
        behind += counts[sort] = heap->count;
    }
    return 0;
}

/* Which source this was made of, so that a library of an older one is not used. */
EXPORT const char *scan_source(void) { return SOURCE; }
