/* catalog: what the service must hold: the seed, plus everything created, replaced and deleted since. Items are JSON
 * objects, ready to be compared with a response. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_CATALOG_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_CATALOG_H

#include "contract/seed.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalog {
    json_t **items; /* item `id` at id - 1; NULL: deleted; JSON null: a seed item not made yet */
    uint64_t last;  /* the highest id ever used */
};

/* Item `id` of the seed, a new reference. */
json_t *catalog_seed_item(uint32_t id);

/* The items 1 to `count` by the rule of the seed, which has SEED_ITEMS unless the service is told otherwise. */
void catalog_init(struct catalog *catalog, uint32_t count);
void catalog_release(struct catalog *catalog);

/* The item, a borrowed reference; NULL when it does not exist. */
json_t *catalog_get(const struct catalog *catalog, uint64_t id);

/* Whether the item is unchanged since the seed. */
bool catalog_is_seed(const struct catalog *catalog, uint64_t id);

#define CATALOG_GAP_MOST 100000

/* Store `item` (a new reference is taken) under `id`, at most CATALOG_GAP_MOST above the last; ids in between stay
 * unused. */
void catalog_put(struct catalog *catalog, uint64_t id, json_t *item);

/* Like catalog_put, for an item made of this id and these fields. */
void catalog_put_fields(struct catalog *catalog, uint64_t id, const json_t *fields);
void catalog_delete(struct catalog *catalog, uint64_t id);

/* The page {"items", "next_after"}, a new reference. */
json_t *catalog_page(const struct catalog *catalog, uint64_t after, size_t limit);

#endif
