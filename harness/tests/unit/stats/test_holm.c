#include "stats/holm.h"

#include "base/random.h"
#include "test.h"

#include <stdbool.h>

static void check(const double *p, size_t count, const double *expected)
{
    double adjusted[8];

    holm_adjust(p, count, adjusted);
    for (size_t i = 0; i < count; i++) {
        assert_float_equal(adjusted[i], expected[i], 1e-15);
    }
}

TEST(the_smallest_counts_as_often_as_there_are_rows_and_each_next_one_once_less)
{
    check((const double[]){0.01, 0.04, 0.03}, 3, (const double[]){0.03, 0.06, 0.06});
    check((const double[]){0.04, 0.01, 0.013}, 3, (const double[]){0.04, 0.03, 0.03});
    check((const double[]){0.5, 0.9}, 2, (const double[]){1, 1});
    check((const double[]){0.04}, 1, (const double[]){0.04});
    check(NULL, 0, NULL);
}

TEST(equal_ones_count_alike)
{
    check((const double[]){0.02, 0.02, 0.02}, 3, (const double[]){0.06, 0.06, 0.06});
}

/* Eight true "no difference"s and two differences that are always seen: one of the eight is claimed in at most 5 % of
 * the tables, where without the adjustment it would be in 34 %. */
TEST(a_table_is_wrong_in_one_of_twenty_at_most)
{
    enum { TABLES = 20000, ROWS = 10 };
    unsigned wrong = 0, alone = 0;
    struct random dice;

    random_init(&dice, 5, 0);
    for (unsigned table = 0; table < TABLES; table++) {
        double p[ROWS] = {1e-9, 1e-8}, adjusted[ROWS];
        bool claimed = false, claimed_alone = false;
        for (size_t i = 2; i < ROWS; i++) {
            p[i] = random_unit(&dice);
        }
        holm_adjust(p, ROWS, adjusted);
        assert_true(adjusted[0] <= HOLM_ERROR && adjusted[1] <= HOLM_ERROR);
        for (size_t i = 2; i < ROWS; i++) {
            claimed = claimed || adjusted[i] <= HOLM_ERROR;
            claimed_alone = claimed_alone || p[i] <= HOLM_ERROR;
        }
        wrong += claimed;
        alone += claimed_alone;
    }
    assert_in_range(wrong, TABLES * 4 / 100, TABLES * 53 / 1000);
    assert_in_range(alone, TABLES * 32 / 100, TABLES * 36 / 100);
}
