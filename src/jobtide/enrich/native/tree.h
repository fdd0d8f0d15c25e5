/* The tree of the words we know: made once in tree.c, asked in words.c. */
#include "scan.h"

/* Eight bytes, since looking words up is waiting for memory: siblings stand side by side, most in one line of the cache. */
typedef struct {
    uint32_t child;   /* the first of its children */
    uint16_t pattern; /* the first of its patterns in sorted order; NO_PATTERN if it ends none */
    uint8_t children; /* none: the rest of its one pattern is looked up among the bytes of the patterns */
    uint8_t letter;
} Node;

enum { NO_PATTERN = 0xffff, HASHED = 19 };

/* Where the first letters of a word, eight at most, lead: to the node that stands ``depth`` bytes behind its blank. */
typedef struct {
    uint64_t letters; /* nought for none */
    uint32_t node, depth;
} Beginning;

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
    uint8_t begun[1 << (HASHED - 3)]; /* a bit for how each pattern begins, see ``may_begin`` */
    Beginning *beginnings; /* of all patterns, by the hash of their letters: many steps in one look */
    uint32_t room;         /* how many there is room for, a power of two, more than there are */
} Tree;

/* ``more``: of a term the doubt about it, of other words the block they stand in. */
typedef struct {
    int32_t start, end, number, more;
} Hit;

enum { SURE, REST = 2, APART, REFUSED }; /* doubts: guards.SURE and so on; ASK is Python's alone */
enum { LISTS, LINKS, GUARDS };      /* what ``guard_at`` begins with */
int32_t doubt_of(const Tree *tree, const uint8_t *data, const uint8_t *folded, int64_t length, const Hit *hit);

static inline const Node *child_of(const Tree *tree, const Node *node, uint8_t letter) {
    const Node *child = tree->nodes + node->child, *end = child + node->children;
    for (; child < end; child++)
        if (child->letter == letter)
            return child;
    return NULL;
}

/* How many letters a word has, at most eight; ``letters`` are these, nought behind them. */
static inline int letters_of(const uint8_t *word, uint64_t *letters) {
    memcpy(letters, word, sizeof *letters);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    *letters = __builtin_bswap64(*letters);
#endif
    uint64_t blanks = *letters ^ 0x2020202020202020u; /* a byte is nought where a blank stands */
    blanks = (blanks - 0x0101010101010101u) & ~blanks & 0x8080808080808080u;
    if (!blanks)
        return 8;
    *letters &= ((blanks & -blanks) >> 7) - 1;
    return __builtin_ctzll(blanks) >> 3;
}

static inline uint32_t hash_of(uint64_t letters, uint8_t next) {
    return (uint32_t)((letters + next * 0x9e3779b97f4a7c15u) * 0xd6e8feb86659fd93u >> (64 - HASHED));
}

/* Where these letters stand among the beginnings, or would stand. */
static inline Beginning *beginning_of(const Tree *tree, uint64_t letters) {
    uint32_t last = tree->room - 1, at = hash_of(letters, 0) & last;
    while (tree->beginnings[at].letters && tree->beginnings[at].letters != letters)
        at = (at + 1) & last;
    return &tree->beginnings[at];
}

/* Whether a word of these letters may be one of ours or, with the first of the next word, begin a phrase: few do. */
static inline int may_begin(const Tree *tree, const uint8_t *word, uint64_t letters, int size) {
    uint32_t alone = hash_of(letters, 0), led = size < 8 ? hash_of(letters, word[size + 1]) : alone;
    return (tree->begun[alone >> 3] >> (alone & 7) | tree->begun[led >> 3] >> (led & 7)) & 1;
}
