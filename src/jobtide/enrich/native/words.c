/* Where do the words we know stand in a text, and which reader wants the block that each stands in?
 *
 * The same answer as automaton.Automaton and batch.sorted_out give together. Every pattern is a word or a phrase between
 * blanks, so a tree of their letters is asked once for each word of the text: no step back, no more than the longest phrase.
 */
#include "scan.h"

/* Eight bytes, since looking words up is waiting for memory: siblings stand side by side, most in one line of the cache. */
typedef struct {
    uint32_t child;   /* the first of its children */
    uint16_t pattern; /* the first of its patterns in sorted order; NO_PATTERN if it ends none */
    uint8_t children; /* none: the rest of its one pattern is looked up among the bytes of the patterns */
    uint8_t letter;
} Node;

enum { HEAPS = 8 /* native.HEAPS */, STEPWISE = 0xffff, NO_PATTERN = 0xffff, HASHED = 17 };

/* The patterns: sorted bytes, and for each its number; what its hits are wanted for stands under that number. */
typedef struct {
    Node *nodes;
    uint8_t *bytes; /* of all patterns in order; ``at`` says where each begins */
    int64_t *at;
    int32_t *numbers;
    uint8_t *again; /* whether the next pattern in order is the same */
    uint32_t *owners;
    int32_t *counted; /* for each counter the number of its phrase, -1 for none */
    int32_t *reach;   /* for each counter how many bytes of the text it reads, 0 for all */
    uint8_t *speaks;
    int32_t terms, counters;
    uint8_t begun[1 << (HASHED - 3)]; /* a bit for the first four bytes of every pattern behind its blank */
    uint16_t rows[256];         /* for the first letter of a word its row below, from 1 on; 0 where no pattern begins so */
    uint32_t (*pairs)[256];     /* for the second letter the node behind both, 0 for none: two steps in one look */
} Tree;

typedef struct {
    uint32_t node;
    int64_t low, high, depth;
} Range;

EXPORT void words_free(Tree *tree) {
    if (!tree)
        return;
    free(tree->nodes);
    free(tree->bytes);
    free(tree->at);
    free(tree->numbers);
    free(tree->again);
    free(tree->owners);
    free(tree->counted);
    free(tree->reach);
    free(tree->speaks);
    free(tree->pairs);
    free(tree);
}

static void *copied(const void *from, size_t size) {
    void *to = malloc(size ? size : 1);
    return to ? memcpy(to, from, size) : NULL;
}

/* How many patterns from ``low`` on are the same. */
static int64_t alike(const Tree *tree, int64_t low, int64_t high) {
    int64_t length = tree->at[low + 1] - tree->at[low], next = low + 1;
    while (next < high && tree->at[next + 1] - tree->at[next] == length &&
           !memcmp(tree->bytes + tree->at[next], tree->bytes + tree->at[low], (size_t)length))
        tree->again[next++ - 1] = 1;
    return next - low;
}

/* Lay out the nodes, broad before deep, so that siblings are neighbours. */
static int grown(Tree *tree, int64_t count) {
    int64_t most = tree->at[count] + 1, made = 1;
    tree->nodes = calloc((size_t)most, sizeof(Node));
    Range *ranges = malloc((size_t)most * sizeof(Range));
    if (!tree->nodes || !ranges) {
        free(ranges);
        return UNSURE;
    }
    ranges[0] = (Range){0, 0, count, 0};
    for (int64_t done = 0; done < made; done++) {
        Range range = ranges[done];
        Node *node = &tree->nodes[range.node];
        int64_t low = range.low, same = low < range.high ? alike(tree, low, range.high) : 0;
        int ends = same && tree->at[low + 1] - tree->at[low] == range.depth;
        node->pattern = same && (ends || low + same == range.high) ? (uint16_t)low : NO_PATTERN;
        if (low + same == range.high)
            continue; /* nothing else begins so */
        low += ends ? same : 0;
        node->child = (uint32_t)made;
        while (low < range.high) {
            uint8_t letter = tree->bytes[tree->at[low] + range.depth];
            int64_t high = low + 1;
            while (high < range.high && tree->bytes[tree->at[high] + range.depth] == letter)
                high++;
            tree->nodes[made].letter = letter;
            ranges[made] = (Range){(uint32_t)made, low, high, range.depth + 1};
            made++;
            node->children++;
            low = high;
        }
    }
    free(ranges);
    Node *fitting = realloc(tree->nodes, (size_t)made * sizeof(Node));
    if (fitting)
        tree->nodes = fitting;
    return 0;
}

static inline const Node *child_of(const Tree *tree, const Node *node, uint8_t letter) {
    const Node *child = tree->nodes + node->child, *end = child + node->children;
    for (; child < end; child++)
        if (child->letter == letter)
            return child;
    return NULL;
}

/* Most words of a text are none of ours, which their first two letters say of many, and cheaply. */
static int paired(Tree *tree) {
    const Node *root = child_of(tree, tree->nodes, ' ');
    uint32_t letters = root ? root->children : 0;
    tree->pairs = calloc((size_t)letters + 1, sizeof *tree->pairs);
    if (!tree->pairs)
        return UNSURE;
    for (int letter = 0; letter < 256 && !letters; letter++)
        tree->rows[letter] = STEPWISE;
    for (uint32_t row = 1; row <= letters; row++) {
        uint32_t first = root->child + row - 1;
        const Node *node = tree->nodes + first;
        tree->rows[node->letter] = node->children ? (uint16_t)row : STEPWISE;
        for (uint32_t second = node->child; second < node->child + node->children; second++)
            tree->pairs[row][tree->nodes[second].letter] = second;
    }
    return 0;
}

static uint32_t hash_of(const uint8_t *four) {
    uint32_t value;
    memcpy(&value, four, sizeof value);
    return value * 2654435761u >> (32 - HASHED);
}

static void marked(Tree *tree, int64_t count) {
    for (int64_t pattern = 0; pattern < count; pattern++)
        if (tree->at[pattern + 1] - tree->at[pattern] > 4) {
            uint32_t hash = hash_of(tree->bytes + tree->at[pattern] + 1);
            tree->begun[hash >> 3] |= (uint8_t)(1 << (hash & 7));
        }
}

/* Return the tree of ``count`` patterns, NULL where they are too many or memory is short. */
EXPORT Tree *words_new(const uint8_t *bytes, const int64_t *at, const int32_t *numbers, int64_t count, int32_t terms,
                       const uint32_t *owners, const int32_t *counted, const int32_t *reach, int32_t counters,
                       const uint8_t *speaks) {
    Tree *tree = count < NO_PATTERN ? calloc(1, sizeof(Tree)) : NULL;
    if (!tree)
        return NULL;
    size_t words = (size_t)(count - terms);
    tree->terms = terms;
    tree->counters = counters;
    tree->bytes = copied(bytes, (size_t)at[count]);
    tree->at = copied(at, (size_t)(count + 1) * sizeof *at);
    tree->numbers = copied(numbers, (size_t)count * sizeof *numbers);
    tree->again = calloc((size_t)count + 1, 1);
    tree->owners = copied(owners, words * sizeof *owners);
    tree->counted = copied(counted, words * (size_t)counters * sizeof *counted);
    tree->reach = copied(reach, (size_t)counters * sizeof *reach);
    tree->speaks = copied(speaks, words);
    if (!tree->bytes || !tree->at || !tree->numbers || !tree->again || !tree->owners || !tree->counted ||
        !tree->reach || !tree->speaks || grown(tree, count) || paired(tree)) {
        words_free(tree);
        return NULL;
    }
    marked(tree, count);
    return tree;
}

/* Three numbers a hit: start, end, number. Hits come by their starts; the terms are wanted by their ends. */
typedef struct {
    int32_t *hits;
    int64_t count, most;
} Heap;

static int added(Heap *heap, int32_t start, int32_t end, int32_t number) {
    if (heap->count == heap->most)
        return UNSURE;
    int32_t *hit = heap->hits + 3 * heap->count++;
    hit[0] = start;
    hit[1] = end;
    hit[2] = number;
    return 0;
}

static void sorted_by_end(Heap *heap) {
    for (int64_t i = 1; i < heap->count; i++) {
        int32_t *hit = heap->hits + 3 * i, held[3] = {hit[0], hit[1], hit[2]};
        for (; hit > heap->hits && (hit[-2] > held[1] || (hit[-2] == held[1] && hit[-3] > held[0])); hit -= 3)
            memcpy(hit, hit - 3, sizeof held);
        memcpy(hit, held, sizeof held);
    }
}

static int64_t block_of(const int32_t *starts, int64_t blocks, int32_t at) {
    int64_t low = 0, high = blocks;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (starts[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

typedef struct {
    const int32_t *starts;
    int64_t blocks;
    int32_t text_at;
    uint32_t *masks;
    Heap *heaps; /* the terms, the words that speak, then one for each counter */
} Wanted;

static int dealt(const Tree *tree, const Wanted *wanted, int32_t start, int32_t end, int32_t number) {
    if (number < tree->terms)
        return added(&wanted->heaps[0], start, end, number);
    int32_t word = number - tree->terms;
    if (tree->speaks[word] && start >= wanted->text_at && added(&wanted->heaps[1], start, end, word))
        return UNSURE;
    for (int32_t counter = 0; counter < tree->counters; counter++) {
        int32_t phrase = tree->counted[word * tree->counters + counter];
        if (phrase < 0 || (tree->reach[counter] && start >= wanted->text_at + tree->reach[counter]))
            continue;
        if (added(&wanted->heaps[2 + counter], start, end, phrase))
            return UNSURE;
    }
    if (tree->owners[word])
        wanted->masks[block_of(wanted->starts, wanted->blocks, start)] |= tree->owners[word];
    return 0;
}

/* Deal out every pattern that begins at ``start`` and leads through ``node``, which is the one in front of ``at``. */
static int met(const Tree *tree, const Wanted *wanted, const Node *node, const uint8_t *folded, int64_t length,
               int64_t start, int64_t at) {
    for (; node; at++) {
        uint32_t pattern = node->pattern;
        if (pattern != NO_PATTERN) {
            int64_t end = start + tree->at[pattern + 1] - tree->at[pattern];
            if (end <= length && !memcmp(folded + at, tree->bytes + tree->at[pattern] + (at - start), (size_t)(end - at)))
                do
                    if (dealt(tree, wanted, (int32_t)start, (int32_t)(end - 2), tree->numbers[pattern]))
                        return UNSURE;
                while (tree->again[pattern++]);
        }
        node = at < length ? child_of(tree, node, folded[at]) : NULL;
    }
    return 0;
}

static int met_at(const Tree *tree, const Wanted *wanted, const uint8_t *folded, int64_t length, int64_t start) {
    if (start + 4 < length && folded[start + 2] != ' ' && folded[start + 3] != ' ') { /* a word of three letters or more */
        uint32_t hash = hash_of(folded + start + 1);
        if (!(tree->begun[hash >> 3] >> (hash & 7) & 1))
            return 0;
    }
    uint16_t row = tree->rows[folded[start + 1]];
    if (!row)
        return 0;
    if (row == STEPWISE)
        return met(tree, wanted, tree->nodes, folded, length, start, start);
    uint32_t node = tree->pairs[row][folded[start + 2]];
    return node ? met(tree, wanted, tree->nodes + node, folded, length, start, start + 3) : 0;
}

/* Lower case, with a blank for whatever is no letter, digit, "+" or "#", as automaton.fold gives it; same length. */
static void fold(const uint8_t *data, int64_t length, uint8_t *folded) {
    uint8_t to[256];
    for (int c = 0; c < 256; c++)
        to[c] = (uint8_t)(c >= 'A' && c <= 'Z' ? c | 32 : c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          c == '+' || c == '#' ? c : ' ');
    for (int64_t i = 0; i < length; i++)
        folded[i] = to[data[i]];
    for (const uint8_t *at = data; (at = memchr(at, 0xe2, (size_t)(data + length - at))); at++)
        if (data + length - at > 2 && at[1] == 0x80 && at[2] >= 0x90 && at[2] < 0xc0)
            memset(folded + (at - data), ' ', 3); /* typographic dashes, quotes and bullets */
}

/* Find every pattern in ``data``, which is folded into ``folded``, with a blank of its own on either side.
 *
 * ``starts`` are those of the blocks; ``masks`` gets, for each block, a bit for every reader that wants it. ``hits`` holds
 * ``most`` hits for each heap, ``counts`` how many there are. Returns 0, or UNSURE where there is no more room. */
EXPORT int64_t words_scan(const Tree *tree, const uint8_t *data, int64_t length, uint8_t *folded, int32_t text_at,
                          const int32_t *starts, int64_t blocks, uint32_t *masks, int32_t *hits, int64_t most,
                          int64_t *counts) {
    Heap heaps[HEAPS];
    if (tree->counters + 2 > HEAPS || blocks < 1)
        return UNSURE;
    folded[0] = folded[length + 1] = ' ';
    fold(data, length, folded + 1);
    length += 2;
    for (int32_t i = 0; i < tree->counters + 2; i++)
        heaps[i] = (Heap){hits + 3 * most * i, 0, most};
    Wanted wanted = {starts, blocks, text_at, masks, heaps};
    memset(masks, 0, (size_t)blocks * sizeof *masks);
    for (int64_t start = 0; start + 2 < length; start++) /* the shortest pattern is a letter between blanks */
        if (folded[start] == ' ' && folded[start + 1] != ' ' && met_at(tree, &wanted, folded, length, start))
            return UNSURE;
    sorted_by_end(&heaps[0]);
    for (int32_t i = 0; i < tree->counters + 2; i++)
        counts[i] = heaps[i].count;
    return 0;
}

/* Which source this was made of, so that a library of an older one is not used. */
EXPORT const char *scan_source(void) { return SOURCE; }
