/* draft: the body of a POST or PUT: a random good one with what must come back for it, or one spoiled in a known way.
 */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_DRAFT_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_DRAFT_H

#include "base/random.h"
#include "base/text.h"

#include <jansson.h>

struct draft {
    struct text body; /* JSON: members in any order, white space and escapes at random, defaults sometimes left out */
    json_t *fields;   /* name, price_cents, stock and tags as the item must have them */
};

/* A good one. The caller releases it. */
void draft_make(struct draft *draft, struct random *random);

/* A good one, but the member `field` holds the JSON text `value` instead, or is left out where `value` is NULL. `value`
 * may be a good one, too: `fields` then has it. Where it is not, `fields` says nothing about this member. */
void draft_make_with(struct draft *draft, struct random *random, const char *field, const char *value);

void draft_release(struct draft *draft);

#endif
