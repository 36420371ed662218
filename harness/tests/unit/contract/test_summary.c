#include "contract/verify/model/summary.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct summary make(const double *values, size_t count)
{
    struct summary summary;

    summary_make(&summary, values, count);
    return summary;
}

/* The sentence that the body breaks; -1 when it is the summary. */
static int judge(const struct summary *summary, const char *body)
{
    json_t *came = json_loads(body, 0, NULL);
    struct text wrong = {0};
    enum rule rule = RULE_COUNT;
    bool good = summary_matches(summary, came, &rule, &wrong);

    assert_non_null(came);
    assert_int_equal(good, wrong.length == 0);
    text_release(&wrong);
    json_decref(came);
    return good ? -1 : (int)rule;
}

/* The summary with one member changed. */
static int judge_with(const struct summary *summary, const char *key, json_t *value)
{
    json_t *came = summary_json(summary);
    struct text wrong = {0};
    enum rule rule = RULE_COUNT;

    json_object_set_new(came, key, value);
    bool good = summary_matches(summary, came, &rule, &wrong);
    text_release(&wrong);
    json_decref(came);
    return good ? -1 : (int)rule;
}

/* As in the contract. */
TEST(the_example_of_the_contract_comes_out)
{
    static const double values[] = {4, 1, 5, 3, 2};
    struct summary summary = make(values, COUNT(values));

    assert_int_equal(judge(&summary,
                           "{\"count\":5,\"mean\":3,\"stdev\":1.4142135623730951,\"min\":1,\"max\":5,\"p50\":3,"
                           "\"p95\":4.8,\"p99\":4.96,"
                           "\"histogram\":[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1,0,0,0,1]}"),
                     -1);
    /* 2, 3 and 4 lie on the edge of two bins each, 1 and 5 do not. */
    assert_int_equal(judge(&summary, "{\"count\":5,\"mean\":3.0,\"stdev\":1.4142135623,\"min\":1.0,\"max\":5,\"p50\":3,"
                                     "\"p95\":4.8,\"p99\":4.96,"
                                     "\"histogram\":[1,0,0,0,1,0,0,0,0,0,1,0,0,0,1,0,0,0,0,1]}"),
                     -1);
    assert_int_equal(judge(&summary,
                           "{\"count\":5,\"mean\":3,\"stdev\":1.4142135623730951,\"min\":1,\"max\":5,\"p50\":3,"
                           "\"p95\":4.8,\"p99\":4.96,"
                           "\"histogram\":[0,1,0,0,0,1,0,0,0,0,1,0,0,0,0,1,0,0,0,1]}"),
                     RULE_HISTOGRAM);
}

TEST(one_value_is_its_own_summary)
{
    static const double values[] = {-7.25};
    struct summary summary = make(values, 1);

    assert_true(summary.mean == -7.25 && summary.min == -7.25 && summary.max == -7.25 && summary.stdev == 0);
    assert_true(summary.quantiles[SUMMARY_P50] == -7.25 && summary.quantiles[SUMMARY_P99] == -7.25);
    assert_int_equal(summary.bins[0], 1);
}

TEST(a_percentile_lies_between_two_ranks)
{
    double values[101];
    struct summary summary;

    for (int i = 0; i <= 100; i++) {
        values[100 - i] = i * 10;
    }
    summary = make(values, COUNT(values));
    assert_true(summary.quantiles[SUMMARY_P50] == 500);
    assert_true(summary.quantiles[SUMMARY_P95] == 950);
    assert_true(summary.quantiles[SUMMARY_P99] == 990);
    summary = make(values, 2);
    assert_true(fabs(summary.quantiles[SUMMARY_P95] - 999.5) < 1e-12);
}

TEST(large_values_close_together_keep_their_spread)
{
    static const double values[] = {999999999.0, 999999999.5, 1000000000.0};
    struct summary summary = make(values, COUNT(values));

    assert_true(fabs(summary.stdev - sqrt(0.5 / 3)) < 1e-9);
    assert_true(fabs(summary.mean - 999999999.5) < 1e-6);
}

TEST(a_number_may_be_off_by_a_billionth_of_the_largest)
{
    static const double values[] = {-1000, 1, 3};
    struct summary summary = make(values, COUNT(values));
    static const char *const near_enough[] = {"mean", "stdev", "p50", "p95", "p99"};

    for (size_t i = 0; i < COUNT(near_enough); i++) {
        json_t *body = summary_json(&summary);
        double value = json_number_value(json_object_get(body, near_enough[i]));
        assert_int_equal(judge_with(&summary, near_enough[i], json_real(value + 0.9e-6)), -1);
        assert_int_equal(judge_with(&summary, near_enough[i], json_real(value - 1.1e-6)), RULE_SUMMARY);
        json_decref(body);
    }
    assert_int_equal(judge_with(&summary, "min", json_real(nextafter(-1000, 0))), RULE_SUMMARY);
    assert_int_equal(judge_with(&summary, "max", json_real(nextafter(3, 0))), RULE_SUMMARY);
    assert_int_equal(judge_with(&summary, "min", json_integer(-1000)), -1);
}

TEST(what_is_missing_too_many_or_of_another_type_is_told)
{
    static const double values[] = {1, 2};
    struct summary summary = make(values, COUNT(values));

    assert_int_equal(judge(&summary, "{}"), RULE_SUMMARY);
    assert_int_equal(judge(&summary, "[1]"), RULE_SUMMARY);
    assert_int_equal(judge_with(&summary, "sum", json_integer(3)), RULE_SUMMARY);
    assert_int_equal(judge_with(&summary, "count", json_real(2)), RULE_SUMMARY);
    assert_int_equal(judge_with(&summary, "count", json_integer(3)), RULE_SUMMARY);
    assert_int_equal(judge_with(&summary, "mean", json_string("1.5")), RULE_SUMMARY);
    assert_int_equal(judge_with(&summary, "p99", json_null()), RULE_SUMMARY);
    assert_int_equal(judge_with(&summary, "histogram", json_array()), RULE_HISTOGRAM);
    assert_int_equal(judge_with(&summary, "histogram", json_object()), RULE_HISTOGRAM);
}

/* Three values on the edge of bins 9 and 10: none of them may be counted twice, or nowhere, or elsewhere. */
TEST(values_on_an_edge_are_counted_once_on_either_side)
{
    static const double values[] = {0, 20, 10, 10, 10};
    struct summary summary = make(values, COUNT(values));

    assert_int_equal(summary.edges[10], 3);
    for (int below = 0; below <= 4; below++) {
        for (int above = 0; above <= 4; above++) {
            json_t *histogram = json_array();
            for (int bin = 0; bin < SUMMARY_BINS; bin++) {
                json_int_t counts[SUMMARY_BINS] = {[0] = 1, [9] = below, [10] = above, [19] = 1};
                json_array_append_new(histogram, json_integer(counts[bin]));
            }
            assert_int_equal(judge_with(&summary, "histogram", histogram), below + above == 3 ? -1 : RULE_HISTOGRAM);
        }
    }
}

TEST(a_value_that_only_looks_like_an_edge_has_its_bin)
{
    static const double values[] = {0, 20, 10 + 1e-7, 10 - 1e-7, 10 + 1e-9};
    struct summary summary = make(values, COUNT(values));

    assert_int_equal(summary.bins[9], 1);
    assert_int_equal(summary.bins[10], 1);
    assert_int_equal(summary.edges[10], 1);
}
