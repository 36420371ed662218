#include "stats/packed_rows.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A value is `least` plus a whole number of `width` bytes, the least significant first. */
struct column {
    uint64_t least;
    size_t offset; /* in the bytes, of its first value */
    unsigned width;
};

struct packed_rows {
    size_t words;
    unsigned char *bytes;
    struct column columns[];
};

static uint64_t word_at(const void *rows, size_t words, size_t row, size_t word)
{
    uint64_t value;
    memcpy(&value, (const char *)rows + (row * words + word) * sizeof value, sizeof value);
    return value;
}

static unsigned width_of(uint64_t range)
{
    unsigned width = 0;
    for (; range > 0; range >>= 8) {
        width++;
    }
    return width;
}

static struct column measure(const void *rows, size_t count, size_t words, size_t word)
{
    uint64_t least = UINT64_MAX, most = 0;

    for (size_t row = 0; row < count; row++) {
        uint64_t value = word_at(rows, words, row, word);
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    return (struct column){.least = least, .width = count > 0 ? width_of(most - least) : 0};
}

static void put(unsigned char *at, uint64_t value, unsigned width)
{
    for (unsigned i = 0; i < width; i++) {
        at[i] = (unsigned char)(value >> 8 * i);
    }
}

static uint64_t get(const unsigned char *at, unsigned width)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < width; i++) {
        value |= (uint64_t)at[i] << 8 * i;
    }
    return value;
}

struct packed_rows *packed_rows_new(const void *rows, size_t count, size_t size)
{
    size_t words = size / sizeof(uint64_t), length = 0;
    struct packed_rows *packed = mem_new(1, sizeof *packed + words * sizeof packed->columns[0]);

    assert(size % sizeof(uint64_t) == 0 && words <= PACKED_ROWS_WORDS_MOST);
    packed->words = words;
    for (size_t word = 0; word < words; word++) {
        packed->columns[word] = measure(rows, count, words, word);
        packed->columns[word].offset = length;
        length += count * packed->columns[word].width;
    }
    packed->bytes = mem_resize(NULL, length, 1);
    for (size_t word = 0; word < words; word++) {
        const struct column *column = &packed->columns[word];
        for (size_t row = 0; row < count; row++) {
            put(packed->bytes + column->offset + row * column->width, word_at(rows, words, row, word) - column->least,
                column->width);
        }
    }
    return packed;
}

void packed_rows_free(struct packed_rows *packed)
{
    if (packed != NULL) {
        free(packed->bytes);
        free(packed);
    }
}

uint64_t packed_rows_word(const struct packed_rows *packed, size_t row, size_t word)
{
    const struct column *column = &packed->columns[word];
    return column->least + get(packed->bytes + column->offset + row * column->width, column->width);
}

void packed_rows_get(const struct packed_rows *packed, size_t row, void *into)
{
    for (size_t word = 0; word < packed->words; word++) {
        uint64_t value = packed_rows_word(packed, row, word);
        memcpy((char *)into + word * sizeof value, &value, sizeof value);
    }
}
