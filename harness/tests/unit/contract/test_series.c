#include "contract/verify/checks/series.h"

#include "test.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

enum { FEW = 300 };

/* Of every kind: the body is JSON that holds exactly the values, and each is one that the contract takes. */
TEST(the_body_holds_the_values)
{
    struct random random;

    random_init(&random, 1, 1);
    for (int kind = 0; kind < SERIES_SHAPES; kind++) {
        for (size_t count = 1; count <= FEW; count += 23) {
            struct series series;
            series_make(&series, &random, (enum series_shape)kind, count);
            json_t *body = json_loadb(series.body.data, series.body.length, 0, NULL);
            json_t *values = json_object_get(body, "values");
            assert_int_equal(json_array_size(values), count);
            for (size_t i = 0; i < count; i++) {
                assert_true(json_number_value(json_array_get(values, i)) == series.values[i]);
                assert_true(fabs(series.values[i]) <= 1e9);
                assert_true(series.values[i] == 0 || fabs(series.values[i]) >= 1e-300);
            }
            json_decref(body);
            series_release(&series);
        }
    }
}

TEST(the_kinds_are_what_they_say)
{
    struct random random;
    struct series equal, close, ties, ends, rising, negative;

    random_init(&random, 2, 1);
    series_make(&equal, &random, SERIES_EQUAL, FEW);
    series_make(&close, &random, SERIES_CLOSE, FEW);
    series_make(&ties, &random, SERIES_TIES, FEW);
    series_make(&ends, &random, SERIES_ENDS, FEW);
    series_make(&rising, &random, SERIES_RISING, FEW);
    series_make(&negative, &random, SERIES_NEGATIVE, FEW);
    for (size_t i = 0; i < FEW; i++) {
        assert_true(close.values[i] >= 999999998 && close.values[i] <= 999999999);
        assert_true(ties.values[i] == floor(ties.values[i]) && ties.values[i] >= 0 && ties.values[i] <= 20);
        assert_true(fabs(ends.values[i]) == 1e9);
        assert_true(negative.values[i] <= -1);
        assert_true(equal.values[i] == equal.values[0]);
    }
    assert_true(rising.values[FEW - 1] > rising.values[0]);
    series_release(&equal);
    series_release(&close);
    series_release(&ties);
    series_release(&ends);
    series_release(&rising);
    series_release(&negative);
}

TEST(a_seed_makes_the_same_series_again)
{
    struct random one, other;
    struct series first, again;

    random_init(&one, 3, 1);
    random_init(&other, 3, 1);
    series_make(&first, &one, SERIES_SCALES, FEW);
    series_make(&again, &other, SERIES_SCALES, FEW);
    assert_string_equal(first.body.data, again.body.data);
    series_release(&first);
    series_release(&again);
}
