/* draft: the body of a POST or PUT: a random valid one together with the item that must come of it, or one damaged in a
 * known way. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_DRAFT_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_DRAFT_H

#include "base/random.h"
#include "base/text.h"

#include <jansson.h>

struct draft {
    struct text body; /* JSON with random member order, white space and escapes; members with defaults may be absent */
    json_t *fields;   /* name, price_cents, stock and tags as the item must have them */
};

/* Make a random valid draft. The caller releases it. */
void draft_make(struct draft *draft, struct random *random);

/* Like draft_make, but member `field` has the JSON text `value`, or is absent when `value` is NULL. When `value` is
 * valid, `fields` contains it; otherwise `fields` is undefined for this member. */
void draft_make_with(struct draft *draft, struct random *random, const char *field, const char *value);

void draft_release(struct draft *draft);

#endif
