#include "catalog.h"

#include <stddef.h>

static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= UINT32_C(0x85ebca6b);
    h ^= h >> 13;
    h *= UINT32_C(0xc2b2ae35);
    h ^= h >> 16;
    return h;
}

static void make_name(char name[12], uint32_t h)
{
    for (int i = 0; i < 11; i++) {
        if (i == 4) {
            name[i] = ' ';
        } else if (i < 4 ? i % 2 == 0 : i % 2 == 1) {
            name[i] = "bcdfghjklmnprstv"[h & 15];
        } else {
            name[i] = "aeio"[h >> 4 & 3];
            h >>= 6;
        }
    }
    name[11] = '\0';
}

void catalog_seed(struct catalog *catalog)
{
    for (uint32_t id = 1; id <= CATALOG_ITEMS; id++) {
        struct item *item = &catalog->items[id - 1];
        item->id = id;
        make_name(item->name, mix(id));
        item->price_cents = 100 + mix(id + 1000000) % 99901;
        item->stock = mix(id + 2000000) % 1000;
        item->tags = mix(id + 3000000) & ((1u << CATALOG_TAGS) - 1);
    }
}

const struct item *catalog_find(const struct catalog *catalog, uint64_t id)
{
    return id >= 1 && id <= CATALOG_ITEMS ? &catalog->items[id - 1] : NULL;
}

const char *catalog_tag(unsigned n)
{
    static const char *const tags[CATALOG_TAGS] = {"new", "sale", "eco", "gift", "bulk"};
    return tags[n];
}
