#include "base/base64.h"

#include <stdint.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(const void *data, size_t length, struct text *out)
{
    const unsigned char *in = data;
    for (size_t i = 0; i < length; i += 3) {
        size_t taken = length - i < 3 ? length - i : 3;
        unsigned char three[3] = {0};
        memcpy(three, in + i, taken);
        uint32_t bits = (uint32_t)three[0] << 16 | (uint32_t)three[1] << 8 | three[2];
        char four[4] = {alphabet[bits >> 18], alphabet[bits >> 12 & 63], alphabet[bits >> 6 & 63], alphabet[bits & 63]};
        memset(four + 1 + taken, '=', 3 - taken);
        text_append(out, four, 4);
    }
}

/* What each character stands for, plus 1; 0: it stands for nothing. */
struct values {
    unsigned char of[256];
};

static struct values values_find(void)
{
    struct values values = {{0}};
    for (unsigned char i = 0; i < 64; i++) {
        values.of[(unsigned char)alphabet[i]] = (unsigned char)(i + 1);
    }
    return values;
}

static size_t padding_of(const char last[4])
{
    size_t padding = 0;
    while (padding < 2 && last[3 - padding] == '=') {
        padding++;
    }
    return padding;
}

int base64_decode(const char *base64, struct text *out)
{
    struct values values = values_find();
    size_t length = strlen(base64);

    if (length % 4 != 0) {
        return -1;
    }
    for (size_t i = 0; i < length; i += 4) {
        size_t padding = i + 4 == length ? padding_of(base64 + i) : 0;
        uint32_t bits = 0;
        for (size_t j = 0; j < 4 - padding; j++) {
            unsigned char value = values.of[(unsigned char)base64[i + j]];
            if (value == 0) {
                return -1;
            }
            bits |= (uint32_t)(value - 1) << (18 - 6 * j);
        }
        if ((bits & ((UINT32_C(1) << 8 * padding) - 1)) != 0) {
            return -1; /* bits that stand for nothing must be zero, so that one text alone stands for some bytes */
        }
        unsigned char three[3] = {(unsigned char)(bits >> 16), (unsigned char)(bits >> 8), (unsigned char)bits};
        text_append(out, three, 3 - padding);
    }
    return 0;
}
