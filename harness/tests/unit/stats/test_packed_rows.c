#include "stats/packed_rows.h"

#include "base/mem.h"
#include "base/random.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS 5

struct row {
    uint64_t words[COLUMNS];
};

static void check_come_back(const struct row *rows, size_t count)
{
    struct packed_rows *packed = packed_rows_new(rows, count, sizeof *rows);

    for (size_t i = count; i-- > 0;) {
        struct row row = {{0}};
        packed_rows_get(packed, i, &row);
        assert_memory_equal(&row, &rows[i], sizeof row);
        for (size_t word = 0; word < COLUMNS; word++) {
            assert_true(packed_rows_word(packed, i, word) == rows[i].words[word]);
        }
    }
    packed_rows_free(packed);
}

/* Each column of another range, up to all 64 bits, above another least value. */
TEST(rows_of_any_range_come_back)
{
    struct random random;

    random_init(&random, 1, 1);
    for (int round = 0; round < 300; round++) {
        size_t count = 1 + (size_t)random_below(&random, 40);
        struct row *rows = mem_new(count, sizeof *rows);
        for (size_t word = 0; word < COLUMNS; word++) {
            unsigned bits = (unsigned)random_below(&random, 65);
            uint64_t least = random_next(&random);
            for (size_t i = 0; i < count; i++) {
                uint64_t more = bits > 0 ? random_next(&random) >> (64 - bits) : 0;
                rows[i].words[word] = more <= UINT64_MAX - least ? least + more : UINT64_MAX - more;
            }
        }
        check_come_back(rows, count);
        free(rows);
    }
}

TEST(numbers_with_a_fraction_come_back_bit_for_bit)
{
    static const double numbers[] = {0.0, -0.0, -1, 1e-300, 97.25, 1e300};
    struct row rows[sizeof numbers / sizeof numbers[0]] = {{{0}}};

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        memcpy(&rows[i].words[i % COLUMNS], &numbers[i], sizeof numbers[i]);
        memcpy(&rows[i].words[COLUMNS - 1], &numbers[i], sizeof numbers[i]);
    }
    check_come_back(rows, sizeof numbers / sizeof numbers[0]);
}

TEST(no_rows_take_nothing_and_nothing_is_released)
{
    check_come_back(NULL, 0);
    packed_rows_free(NULL);
}
