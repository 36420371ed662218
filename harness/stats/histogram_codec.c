/* HdrHistogram's V2 encoding, as its own documentation and implementations define it: a header in network byte order,
 * counts as zig-zag LEB128 (a run of zeros as its negative length), the whole through zlib and base64. */
#include "stats/histogram.h"

#include "base/base64.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/zigzag.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    COOKIE_PLAIN = 0x1c849313,
    COOKIE_COMPRESSED = 0x1c849314,
    HEADER_BYTES = 40,
    LANDMARK_BYTES = 256,
    PLAIN_BYTES_MOST = HEADER_BYTES + 9 * 65536, /* more than the counts of one histogram can need */
};

static void put_big_endian(struct text *out, uint64_t value, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
        unsigned char byte = (unsigned char)(value >> shift);
        text_append(out, &byte, 1);
    }
}

static uint64_t get_big_endian(const unsigned char *in, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) {
        value = value << 8 | in[i];
    }
    return value;
}

static void put_counts(const struct histogram *histogram, struct text *out)
{
    uint32_t behind = 0; /* the bucket behind the last one that was put */

    for (struct histogram_walk at = {0}; histogram_next(histogram, &at); behind = at.index + 1) {
        uint32_t zeros = at.index - behind;
        if (zeros > 0) {
            zigzag_put(out, zeros == 1 ? 0 : -(int64_t)zeros);
        }
        zigzag_put(out, (int64_t)at.count);
    }
}

static void put_plain(const struct histogram *histogram, struct text *out)
{
    struct text counts = {0};
    double ratio = 1.0;
    uint64_t ratio_bits;

    put_counts(histogram, &counts);
    memcpy(&ratio_bits, &ratio, sizeof ratio_bits);
    put_big_endian(out, COOKIE_PLAIN, 4);
    put_big_endian(out, counts.length, 4);
    put_big_endian(out, 0, 4); /* normalizing index offset */
    put_big_endian(out, (uint64_t)histogram->digits, 4);
    put_big_endian(out, 1, 8); /* lowest discernible value */
    put_big_endian(out, histogram->highest, 8);
    put_big_endian(out, ratio_bits, 8);
    text_append(out, counts.data, counts.length);
    text_release(&counts);
}

void histogram_encode_plain(const struct histogram *histogram, struct text *out)
{
    struct text plain = {0};

    put_plain(histogram, &plain);
    base64_encode(plain.data, plain.length, out);
    text_release(&plain);
}

void histogram_encode(const struct histogram *histogram, struct text *out)
{
    struct text plain = {0}, packed = {0};

    put_plain(histogram, &plain);
    uLongf size = compressBound(plain.length);
    unsigned char *deflated = mem_new(size, 1);
    compress2(deflated, &size, (const Bytef *)plain.data, plain.length, Z_DEFAULT_COMPRESSION);
    put_big_endian(&packed, COOKIE_COMPRESSED, 4);
    put_big_endian(&packed, size, 4);
    text_append(&packed, deflated, size);
    base64_encode(packed.data, packed.length, out);

    free(deflated);
    text_release(&packed);
    text_release(&plain);
}

/* Adds a bucket with all that follows from its count. The sum takes its middle, as HdrHistogram's own decoders do. */
static void count(struct histogram *histogram, uint32_t index, uint64_t count)
{
    uint64_t low, width;

    histogram_bucket(histogram, index, &low, &width);
    histogram->total += count;
    histogram->sum += (double)(low + (width >> 1)) * (double)count;
    if (low < histogram->min) {
        histogram->min = low;
    }
    histogram->max = low + width - 1;
}

/* Checks the counts, and finds what follows from them, with a landmark each LANDMARK_BYTES. */
static int read_counts(struct histogram *histogram, const unsigned char *start, const unsigned char *end)
{
    const unsigned char *in = start, *landmark = start + LANDMARK_BYTES;
    size_t landmarks = 0;
    uint64_t index = 0;

    while (in < end) {
        int64_t value;
        if (!zigzag_get(&in, end, &value) || value == INT64_MIN) {
            return -1;
        }
        uint64_t skip = value < 0 ? (uint64_t)-value : 1; /* buckets that the value stands for */
        if (skip > histogram->count_length || index + skip > histogram->count_length) {
            return -1;
        }
        if (value > 0 && (uint64_t)value > (uint64_t)INT64_MAX - histogram->total) {
            return -1;
        }
        if (value > 0) {
            count(histogram, (uint32_t)index, (uint64_t)value);
        }
        index += skip;
        if (in >= landmark) {
            *list_add(histogram->landmarks, landmarks) = (struct histogram_landmark){.offset = (uint32_t)(in - start),
                                                                                     .index = (uint32_t)index,
                                                                                     .before = histogram->total};
            landmark = in + LANDMARK_BYTES;
        }
    }
    histogram->landmark_count = (uint32_t)landmarks;
    return 0;
}

static int read_plain(struct histogram *histogram, const unsigned char *in, size_t length, struct error *err)
{
    if (length < HEADER_BYTES || get_big_endian(in, 4) != COOKIE_PLAIN) {
        return error_input(err, "histogram: not in HdrHistogram's V2 encoding");
    }
    uint64_t payload = get_big_endian(in + 4, 4);
    uint64_t digits = get_big_endian(in + 12, 4);
    if (payload != length - HEADER_BYTES || (digits != 2 && digits != 3)) {
        return error_input(err, "histogram: its header does not fit (payload %zu bytes, %u digits)", (size_t)payload,
                           (unsigned)digits);
    }
    if (get_big_endian(in + 8, 4) != 0) {
        return error_input(err, "histogram: its counts are shifted, which is not read here");
    }
    if (get_big_endian(in + 16, 8) != 1 || get_big_endian(in + 24, 8) != HISTOGRAM_HIGHEST_NS) {
        return error_input(err, "histogram: expected a range from 1 ns to one hour");
    }
    struct histogram read;
    histogram_init_packed(&read, (int)digits);
    if (read_counts(&read, in + HEADER_BYTES, in + length) != 0) {
        histogram_release(&read);
        return error_input(err, "histogram: its counts are damaged");
    }
    if (read.total > 0) {
        read.packed = mem_resize(NULL, payload, 1);
        read.packed_length = (uint32_t)payload;
        memcpy(read.packed, in + HEADER_BYTES, payload);
    }
    *histogram = read;
    return 0;
}

/* Appends what was compressed, which is seldom more than four times as long, and never more than PLAIN_BYTES_MOST. */
static int inflate_all(const unsigned char *in, size_t length, struct text *out)
{
    size_t room = 4 * length + HEADER_BYTES;
    int result = Z_BUF_ERROR;

    for (bool last = false; result == Z_BUF_ERROR && !last; room *= 4) {
        last = room >= PLAIN_BYTES_MOST;
        uLongf size = last ? PLAIN_BYTES_MOST : room;
        out->data = mem_resize(out->data, size, 1);
        out->capacity = size;
        result = uncompress((Bytef *)out->data, &size, in, length);
        out->length = size;
    }
    return result == Z_OK ? 0 : -1;
}

static int read_compressed(struct histogram *histogram, const unsigned char *in, size_t length, struct error *err)
{
    struct text plain = {0};
    int result = -1;

    if (length < 8 || get_big_endian(in, 4) != COOKIE_COMPRESSED || get_big_endian(in + 4, 4) != length - 8) {
        return error_input(err, "histogram: not a compressed V2 histogram in base64");
    }
    if (inflate_all(in + 8, length - 8, &plain) != 0) {
        error_input(err, "histogram: its compressed part is damaged");
    } else {
        result = read_plain(histogram, (const unsigned char *)plain.data, plain.length, err);
    }
    text_release(&plain);
    return result;
}

int histogram_decode(struct histogram *histogram, const char *base64, struct error *err)
{
    struct text packed = {0};
    const unsigned char *bytes;
    int result = -1;

    if (base64_decode(base64, &packed) != 0) {
        error_input(err, "histogram: not a compressed V2 histogram in base64");
        goto done;
    }
    bytes = (const unsigned char *)packed.data;
    if (packed.length >= HEADER_BYTES && get_big_endian(bytes, 4) == COOKIE_PLAIN) {
        result = read_plain(histogram, bytes, packed.length, err);
    } else {
        result = read_compressed(histogram, bytes, packed.length, err);
    }
done:
    text_release(&packed);
    return result;
}
