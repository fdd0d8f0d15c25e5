/* How do the words we know become a tree of their letters?
 *
 * Every pattern is a word or a phrase between blanks, so the tree is asked once for each word of a text: no step back, no
 * more than the longest phrase.
 */
#include "tree.h"

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
    free(tree->guards);
    free(tree->guard_at);
    free(tree->beginnings);
    free(tree);
}

/* A copy with room behind it for the eight letters that are read of a last word. */
static void *copied(const void *from, size_t size) {
    void *to = calloc(size + 8, 1);
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

/* Follow each pattern through its first letters, and the blank behind them if they are the whole word. */
static int begun(Tree *tree, int64_t count) {
    for (tree->room = 2; tree->room < count + count / 2; tree->room *= 2)
        ;
    tree->beginnings = calloc(tree->room, sizeof *tree->beginnings);
    if (!tree->beginnings)
        return UNSURE;
    for (int64_t pattern = 0; pattern < count; pattern++) {
        const uint8_t *bytes = tree->bytes + tree->at[pattern];
        const Node *node = tree->nodes;
        uint64_t letters;
        uint32_t depth = 0;
        int size = letters_of(bytes + 1, &letters);
        while (node->children && depth < (uint32_t)(size < 8 ? size + 2 : size + 1))
            node = child_of(tree, node, bytes[depth++]);
        *beginning_of(tree, letters) = (Beginning){letters, (uint32_t)(node - tree->nodes), depth};
    }
    return 0;
}

/* Note how each pattern begins: alone, or with the first letter of its second word. */
static void marked(Tree *tree, int64_t count) {
    for (int64_t pattern = 0; pattern < count; pattern++) {
        const uint8_t *word = tree->bytes + tree->at[pattern] + 1;
        int64_t length = tree->at[pattern + 1] - tree->at[pattern] - 2;
        uint64_t letters;
        if (length < 1)
            continue;
        int size = letters_of(word, &letters);
        uint32_t hash = hash_of(letters, size < 8 && size < length ? word[size + 1] : 0);
        tree->begun[hash >> 3] |= (uint8_t)(1 << (hash & 7));
    }
}

/* Return the tree of ``count`` patterns, NULL where they are too many or memory is short. */
EXPORT Tree *words_new(const uint8_t *bytes, const int64_t *at, const int32_t *numbers, int64_t count, int32_t terms,
                       const uint32_t *owners, const int32_t *counted, const int32_t *reach, int32_t counters,
                       const uint8_t *speaks, const uint8_t *guards, int64_t size, const int32_t *guard_at) {
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
    tree->guards = copied(guards, (size_t)size);
    tree->guard_at = copied(guard_at, (size_t)(GUARDS + terms) * sizeof *guard_at);
    if (!tree->bytes || !tree->at || !tree->numbers || !tree->again || !tree->owners || !tree->counted ||
        !tree->reach || !tree->speaks || !tree->guards || !tree->guard_at || grown(tree, count) || begun(tree, count)) {
        words_free(tree);
        return NULL;
    }
    marked(tree, count);
    return tree;
}
