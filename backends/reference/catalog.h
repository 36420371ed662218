/* catalog: the 10,000 items that a fresh service holds, made by the contract's rule. Never changed once made, so
 * threads share one. */
#ifndef REFERENCE_CATALOG_H
#define REFERENCE_CATALOG_H

#include <stdint.h>

#define CATALOG_ITEMS 10000
#define CATALOG_TAGS  5

struct item {
    uint32_t id;
    uint32_t price_cents;
    uint32_t stock;
    uint32_t tags; /* bit n: the n-th tag */
    char name[12];
};

struct catalog {
    struct item items[CATALOG_ITEMS]; /* item `id` at id - 1 */
};

void catalog_seed(struct catalog *catalog);

/* The item, borrowed; NULL when there is none. */
const struct item *catalog_find(const struct catalog *catalog, uint64_t id);

/* The n-th tag's word. */
const char *catalog_tag(unsigned n);

#endif
