/* zigzag: whole numbers with a sign in as few bytes as they need (zig-zag LEB128), as HdrHistogram's V2 encoding stores
 * its counts: seven bits a byte, the least significant first; the ninth byte, where there is one, holds eight. */
#ifndef TWOFOLD_STATS_ZIGZAG_H
#define TWOFOLD_STATS_ZIGZAG_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends one number. */
static inline void zigzag_put(struct text *out, int64_t value)
{
    uint64_t bits = ((uint64_t)value << 1) ^ (uint64_t)(value >> 63);

    for (int i = 0; i < 9; i++) {
        bool last = i == 8 || bits >> 7 == 0;
        unsigned char byte = last ? (unsigned char)bits : (unsigned char)(bits | 0x80);
        text_append(out, &byte, 1);
        if (last) {
            return;
        }
        bits >>= 7;
    }
}

/* Reads the number at *in, which becomes the place behind it. False if the bytes end at `end` before the number does;
 * *in and *ret_value then mean nothing. */
static inline bool zigzag_get(const unsigned char **in, const unsigned char *end, int64_t *ret_value)
{
    const unsigned char *at = *in;
    uint64_t bits = 0;

    if (at < end && *at < 0x80) { /* nearly all are one byte */
        *ret_value = (*at >> 1) ^ -(*at & 1);
        *in = at + 1;
        return true;
    }
    for (int i = 0; i < 9; i++) {
        if (at == end) {
            return false;
        }
        unsigned char byte = *at++;
        bool last = i == 8 || (byte & 0x80) == 0;
        bits |= (uint64_t)(last ? byte : byte & 0x7f) << (7 * i);
        if (last) {
            break;
        }
    }
    *in = at;
    *ret_value = (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
    return true;
}

#endif
