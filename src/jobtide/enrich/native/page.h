/* What pages are made of: tags and signs, named in markup.c and followed in page.c. */
#include "scan.h"

/* What a tag is: within a line, formatting that must be closed in order, the end of a line. */
enum { INLINE, FORMAT, BREAK, BLOCK, HEADING };
/* Blocks whose own name decides something, and the first of those that are only themselves. */
enum { BODY = 1, P, LI, UL, OL, OTHER };

typedef struct {
    const char *name;
    uint8_t is, id; /* id: letter of a format, number of a block */
} Tag;

static inline int is_blank(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f); }

static inline int is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* The tag of this name, NULL if we know none; whether what stands behind its name can be passed over; what a sign shows. */
const Tag *known(const uint8_t *name, int64_t length);
int is_plain(const uint8_t *at, const uint8_t *end);
int sign(const uint8_t *at, const uint8_t *end, const char **as);
int entity(const uint8_t *at, const uint8_t *end, const char **as);
