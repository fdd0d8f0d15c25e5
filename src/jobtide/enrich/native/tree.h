/* The tree of the words we know: made once in tree.c, asked in words.c. */
#include "scan.h"

/* Eight bytes, since looking words up is waiting for memory: siblings stand side by side, most in one line of the cache. */
typedef struct {
    uint32_t child;   /* the first of its children */
    uint16_t pattern; /* the first of its patterns in sorted order; NO_PATTERN if it ends none */
    uint8_t children; /* none: the rest of its one pattern is looked up among the bytes of the patterns */
    uint8_t letter;
} Node;

enum { STEPWISE = 0xffff, NO_PATTERN = 0xffff, HASHED = 17 };

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
    uint8_t *guards;   /* their flags and words, as guards.packed writes them */
    int32_t *guard_at; /* where each begins: lists, links, then one for each term, -1 for none */
    int32_t terms, counters;
    uint8_t begun[1 << (HASHED - 3)]; /* a bit for the first four bytes of every pattern behind its blank */
    uint16_t rows[256];         /* for the first letter of a word its row below, from 1 on; 0 where no pattern begins so */
    uint32_t (*pairs)[256];     /* for the second letter the node behind both, 0 for none: two steps in one look */
} Tree;

/* ``more``: of a term the doubt about it, of other words the block they stand in. */
typedef struct {
    int32_t start, end, number, more;
} Hit;

enum { SURE, ASK, APART, REFUSED }; /* doubts: guards.SURE and so on */
enum { LISTS, LINKS, GUARDS };      /* what ``guard_at`` begins with */
int32_t doubt_of(const Tree *tree, const uint8_t *data, const uint8_t *folded, int64_t length, const Hit *hit);

static inline const Node *child_of(const Tree *tree, const Node *node, uint8_t letter) {
    const Node *child = tree->nodes + node->child, *end = child + node->children;
    for (; child < end; child++)
        if (child->letter == letter)
            return child;
    return NULL;
}

static inline uint32_t hash_of(const uint8_t *four) {
    uint32_t value;
    memcpy(&value, four, sizeof value);
    return value * 2654435761u >> (32 - HASHED);
}
