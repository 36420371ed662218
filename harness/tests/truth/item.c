/* The catalog of the contract, made afresh for each request. */
#include "toy.h"

#include <stdio.h>

static uint32_t scramble(uint32_t n)
{
    n = (n ^ n >> 16) * UINT32_C(0x85ebca6b);
    n = (n ^ n >> 13) * UINT32_C(0xc2b2ae35);
    return n ^ n >> 16;
}

static void write_name(uint32_t bits, char name[12])
{
    int length = 0;

    for (int syllable = 0; syllable < 5; syllable++) {
        name[length++] = "bcdfghjklmnprstv"[bits % 16];
        name[length++] = "aeio"[bits / 16 % 4];
        bits /= 64;
        if (syllable == 1) {
            name[length++] = ' ';
        }
    }
    name[length] = '\0';
}

static int write_tags(uint32_t bits, char *text)
{
    static const char *const tags[] = {"new", "sale", "eco", "gift", "bulk"};
    int length = 0;

    for (int i = 0; i < 5; i++) {
        if (bits >> i & 1) {
            length += sprintf(text + length, "%s\"%s\"", length > 0 ? "," : "", tags[i]);
        }
    }
    text[length] = '\0';
    return length;
}

int toy_item(uint32_t id, char *text)
{
    char name[12], tags[64];

    write_name(scramble(id), name);
    write_tags(scramble(id + 3000000), tags);
    return sprintf(text, "{\"id\":%u,\"name\":\"%s\",\"price_cents\":%u,\"stock\":%u,\"tags\":[%s]}", id, name,
                   100 + scramble(id + 1000000) % 99901, scramble(id + 2000000) % 1000, tags);
}
