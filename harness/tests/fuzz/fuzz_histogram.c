/* A histogram that is taken is whole, and comes back from its encoding. The input's first byte says how the rest is
 * wrapped: 0: not at all, it is the base64; 1: it goes into base64; 2: it is the counts behind a good header, of 2
 * digits, 3: of 3 digits; 4: it is header and counts. */
#include "base/base64.h"
#include "base/mem.h"
#include "fuzz.h"
#include "stats/histogram.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { HEADER = 40, PACKED_HEADER = 8 };

/* "HIST", counts' length, offset, digits, lowest, highest, ratio 1.0 */
static void add_header(uint8_t digits, size_t counts, struct text *out)
{
    uint8_t header[HEADER] = {0x1c, 0x84, 0x93, 0x13};

    for (int i = 0; i < 4; i++) {
        header[4 + i] = (uint8_t)(counts >> (24 - 8 * i));
    }
    header[15] = digits;
    header[23] = 1;
    for (int i = 0; i < 8; i++) {
        header[24 + i] = (uint8_t)(HISTOGRAM_HIGHEST_NS >> (56 - 8 * i));
    }
    header[32] = 0x3f;
    header[33] = 0xf0;
    text_append(out, header, HEADER);
}

static void pack(const struct text *plain, struct text *out)
{
    uLongf size = compressBound(plain->length);
    uint8_t *packed = mem_new(PACKED_HEADER + size, 1);

    FUZZ_HOLDS(compress2(packed + PACKED_HEADER, &size, (const Bytef *)plain->data, plain->length, 1) == Z_OK);
    memcpy(packed, "\x1c\x84\x93\x14", 4);
    for (int i = 0; i < 4; i++) {
        packed[4 + i] = (uint8_t)(size >> (24 - 8 * i));
    }
    base64_encode(packed, PACKED_HEADER + size, out);
    free(packed);
}

static void wrap(struct fuzz_bytes *bytes, struct text *out)
{
    uint8_t how = fuzz_byte(bytes) % 5;
    struct text plain = {0};

    text_append(out, "", 0);
    if (how == 0) {
        char *string = fuzz_string(bytes);
        text_add(out, string);
        free(string);
    } else if (how == 1) {
        base64_encode(bytes->at, bytes->left, out);
    } else {
        if (how < 4) {
            add_header(how, bytes->left, &plain);
        }
        text_append(&plain, bytes->at, bytes->left);
        pack(&plain, out);
    }
    text_release(&plain);
}

static void check_whole(const struct histogram *histogram)
{
    uint64_t total = 0, before = 0;

    for (struct histogram_walk at = {0}; histogram_next(histogram, &at);) {
        FUZZ_HOLDS(at.index < histogram->count_length && at.count > 0);
        total += at.count;
    }
    FUZZ_HOLDS(total == histogram->total);
    FUZZ_HOLDS(total == 0 || histogram->min <= histogram->max);
    FUZZ_HOLDS(histogram_mean(histogram) >= 0);
    FUZZ_HOLDS(total == 0 || histogram_mean(histogram) <= 1.001 * (double)histogram->max);
    for (int i = 0; i <= 20; i++) {
        uint64_t value = histogram_quantile(histogram, i / 20.0);
        FUZZ_HOLDS(value >= before && value <= histogram->max);
        FUZZ_HOLDS(total == 0 || histogram_share_below(histogram, value) >= i / 20.0 - 1e-9);
        before = value;
    }
}

static void check_same(const struct histogram *histogram, const struct histogram *back)
{
    FUZZ_HOLDS(back->digits == histogram->digits);
    FUZZ_HOLDS(back->total == histogram->total);
    FUZZ_HOLDS(back->min == histogram->min && back->max == histogram->max);
    for (struct histogram_walk at = {0}, other = {0}; histogram_next(histogram, &at);) {
        FUZZ_HOLDS(histogram_next(back, &other));
        FUZZ_HOLDS(other.index == at.index && other.count == at.count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    struct text base64 = {0}, again = {0};
    struct histogram histogram, back;
    struct error err = {0};

    wrap(&bytes, &base64);
    if (fuzz_taken(histogram_decode(&histogram, base64.data, &err), &err)) {
        check_whole(&histogram);
        histogram_encode(&histogram, &again);
        FUZZ_HOLDS(histogram_decode(&back, again.data, &err) == 0);
        check_same(&histogram, &back);
        histogram_release(&back);
        histogram_release(&histogram);
    }
    text_release(&again);
    text_release(&base64);
    return 0;
}
