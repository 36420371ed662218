/* fold: finds in a path and its query what differs from one request of a kind to the next, so that requests can be
 * counted by what stays the same. */
#ifndef TWOFOLD_IMPORT_MIX_FOLD_H
#define TWOFOLD_IMPORT_MIX_FOLD_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a pattern that stand for something else. A request line holds neither. */
#define FOLD_PLACE  '\x01' /* something that varies */
#define FOLD_SECRET '\x02' /* a secret, which is not kept */

struct fold_place {
    char *name;  /* as values are named; not unique */
    char *value; /* as the request line has it; NULL for a secret */
};

/* In the pattern the places have their order in `places`. */
struct folded {
    struct text pattern;
    struct fold_place *places;
    size_t count;
};

/* Folds `target`, a path with its query as a request line holds it. Query values whose names are those of secrets are
 * always folded. With `all`, so are the other query values and the ids in the path: whole numbers, UUIDs and
 * hexadecimal hashes, alone between two slashes or before a file's ending ("42.jpg"). What no line of a file could
 * hold, such as an encoded line break, stays where it is. Release with folded_release. */
void fold_target(struct folded *ret_folded, const char *target, bool all);

/* Makes the last part of the path a place too, and returns whether it did: not where it is one, has one or is empty,
 * and where no line of a file could hold it. */
bool fold_last_part(struct folded *folded);

void folded_release(struct folded *folded);

/* Whether it is a whole number of at most 15 digits, without zeros in front. */
bool fold_is_number(const char *text);

#endif
