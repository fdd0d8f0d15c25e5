/* What the files share: a page gives lines, words are found in them, guards are asked about them. No Python in either; bytes in, numbers out. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define EXPORT __attribute__((visibility("default")))

enum { UNSURE = -1 }; /* Python decides */
