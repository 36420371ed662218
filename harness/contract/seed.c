#include "contract/seed.h"

const char *const seed_tags[SEED_TAGS] = {"new", "sale", "eco", "gift", "bulk"};

static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= UINT32_C(0x85ebca6b);
    h ^= h >> 13;
    h *= UINT32_C(0xc2b2ae35);
    h ^= h >> 16;
    return h;
}

static char *add_syllable(char *out, uint32_t *h)
{
    uint32_t b = *h & 63;

    *h >>= 6;
    *out++ = "bcdfghjklmnprstv"[b & 15];
    *out++ = "aeio"[b >> 4];
    return out;
}

static void write_name(uint32_t id, char *out)
{
    uint32_t h = mix(id);

    out = add_syllable(out, &h);
    out = add_syllable(out, &h);
    *out++ = ' ';
    for (int i = 0; i < 3; i++) {
        out = add_syllable(out, &h);
    }
    *out = '\0';
}

struct seed_item seed_item(uint32_t id)
{
    struct seed_item item = {
        .price_cents = 100 + mix(id + 1000000) % 99901,
        .stock = mix(id + 2000000) % 1000,
        .tags = mix(id + 3000000) & ((1U << SEED_TAGS) - 1),
    };

    write_name(id, item.name);
    return item;
}
