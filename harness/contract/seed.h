/* seed: the items that every backend of the contract starts with (backends/contract/README.md, "Seed"). Pure: the same
 * id always gives the same item. */
#ifndef TWOFOLD_CONTRACT_SEED_H
#define TWOFOLD_CONTRACT_SEED_H

#include <stdint.h>

/* The seed has the items 1 to SEED_ITEMS. */
#define SEED_ITEMS 10000

struct seed_item {
    char name[12]; /* lower-case letters and one space, NUL-terminated */
    uint32_t price_cents;
    uint32_t stock;
    uint32_t tags; /* bit i is set when the item has the tag seed_tags[i] */
};

#define SEED_TAGS 5
extern const char *const seed_tags[SEED_TAGS];

/* Item `id` of the seed. */
struct seed_item seed_item(uint32_t id);

#endif
