/* catalog: what a service must hold: the seed, and what was created, replaced and deleted since. Items are JSON
 * objects, ready to be compared with what a service says. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_CATALOG_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_CATALOG_H

#include "contract/seed.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalog {
    json_t **items; /* item `id` at id - 1; NULL where it was deleted, JSON's null where nobody asked for it yet */
    uint64_t last;  /* the highest id that was ever used */
};

/* Item `id` of the seed, a new reference. */
json_t *catalog_seed_item(uint32_t id);

/* The seed's 10,000 items. */
void catalog_init(struct catalog *catalog);
void catalog_release(struct catalog *catalog);

/* The item, borrowed; NULL when there is none. */
json_t *catalog_get(const struct catalog *catalog, uint64_t id);

/* Does it hold this item as the seed made it? */
bool catalog_is_seed(const struct catalog *catalog, uint64_t id);

#define CATALOG_GAP_MOST 100000

/* Hold `item` (a new reference is taken) at `id`, at most CATALOG_GAP_MOST above the last; what lies between is
 * missing. */
void catalog_put(struct catalog *catalog, uint64_t id, json_t *item);

/* Hold an item with this id and these fields at `id`, as catalog_put does. */
void catalog_put_fields(struct catalog *catalog, uint64_t id, const json_t *fields);
void catalog_delete(struct catalog *catalog, uint64_t id);

/* The page {"items", "next_after"}, a new reference. */
json_t *catalog_page(const struct catalog *catalog, uint64_t after, size_t limit);

#endif
