/* mix: requests as they were seen one after another, counted by kind. Two requests are of one kind where they go to one
 * server and have the same method, outcome and body, and paths that differ only in places (fold.h). Where many paths
 * differ only in their last part, such as the titles of articles, that is a place in all but the first of them. What
 * the memory grows with is the number of kinds, which is bounded, and not the number of requests. */
#ifndef TWOFOLD_IMPORT_MIX_MIX_H
#define TWOFOLD_IMPORT_MIX_MIX_H

#include "base/random.h"
#include "import/remarks.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MIX_KINDS_MOST 10000 /* requests of further kinds are left out */
#define MIX_FAMILY     40    /* so many kinds may differ in the last part of their paths; in the others it is a place */
#define MIX_ROWS_MOST  10000 /* of one kind: a random choice of all rows that were seen */
#define MIX_ROWS_TOTAL 1000000 /* of all kinds together; from there on each keeps as many as it has, at least one */

#define MIX_DEFINED '\x03' /* in a path: the place of a value that its source describes */

/* One request that was seen. */
struct sighting {
    const char *origin; /* as in struct url; "" where it is not known */
    const char *method;
    const char *target; /* as in struct url; may have bytes MIX_DEFINED, the places of `defined` in their order */
    int status;         /* of the response; 0 where it is not known */
    json_t *members;    /* "headers", "json" and "body" as a scenario has them (parts.h); NULL: none. Borrowed */
    json_t *secrets;    /* value name -> environment variable, of the secrets' places in `members`; or NULL. Borrowed */
    json_t *defined;    /* [[value name, value as a scenario has it], …]; or NULL. Borrowed */
    bool fold;          /* whether ids and query values become places */
    uint64_t line;      /* where it stands, for remarks; 0: nowhere */
};

struct mix_place {
    char *name;
    bool secret;
};

struct mix_kind {
    char *origin, *method, *pattern; /* the pattern as in struct folded */
    int status;                      /* what the response has to be; 0: any 2xx */
    json_t *members;                 /* this and the next two: of the first that was seen; or NULL */
    json_t *secrets, *defined;
    struct mix_place *places;
    size_t place_count;
    uint64_t count; /* requests */
    char **rows;    /* what filled the places that are no secrets, in their order, each followed by "\n" */
    size_t row_count;
};

struct mix {
    struct mix_kind *kinds;
    size_t kind_count;
    size_t row_total;
    json_t *index;    /* what makes a kind -> its index */
    json_t *families; /* what makes a kind, but for the last part of its path -> how many kinds that are */
    struct random random;
    struct remarks *remarks; /* borrowed */
};

void mix_init(struct mix *mix, struct remarks *remarks);
void mix_release(struct mix *mix);

/* Counts one request, or says in the remarks why it cannot be one of a scenario: its method is none that scenarios
 * have; it has a body and a method that sends none; or its response tells of a failure of that moment (408, 429, 499
 * and 5xx). A 304 counts as a 2xx, because a request without its If-None-Match gets one. */
void mix_add(struct mix *mix, const struct sighting *sighting);

#endif
