/* What a list of figures makes of values that are known, not known, and not of this document. */
#include "report/data/figure.h"

#include "stats/percentile.h"
#include "test.h"

#include <math.h>
#include <string.h>

static void check(json_t *value, const char *wanted)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

    assert_non_null(text);
    assert_string_equal(text, wanted);
    free(text);
    json_decref(value);
}

TEST(an_object_has_the_figures_of_the_list_in_order_but_for_those_of_other_documents)
{
    json_t *object = figures_object((struct figure[]){
        {"second_ns", figure_count(2)},
        {"first_share", figure_number(0.5)},
        {"elsewhere", figure_in(false, figure_text("no"))},
        {"here", figure_in(true, figure_text("yes"))},
        {NULL, NULL},
    });

    figures_add(object, (struct figure[]){{"last", json_true()}, {NULL, NULL}});
    check(object, "{\"second_ns\":2,\"first_share\":0.5,\"here\":\"yes\",\"last\":true}");
}

TEST(what_is_not_known_is_null)
{
    struct text empty = {0};

    check(figure_text(NULL), "null");
    check(figure_words(&empty), "null");
    check(figure_known(0), "null");
    check(figure_time(NO_TIME), "null");
    check(figure_number(NAN), "null");
    check(figure_number(-INFINITY), "null");
    check(figure_positive(0), "null");
    check(figure_where(false, figure_count(7)), "null");
    check(figure_bool_where(false, true), "null");
}

TEST(what_is_known_keeps_its_value)
{
    struct text words = {0};

    text_add(&words, "its cores were saturated");
    check(figure_words(&words), "\"its cores were saturated\"");
    check(figure_count(0), "0");
    check(figure_known(1), "1");
    check(figure_time(0), "0");
    check(figure_ms(1250000), "1.25");
    check(figure_number(3.0), "3");
    check(figure_positive(0.25), "0.25");
    check(figure_where(true, figure_count(7)), "7");
    check(figure_bool_where(true, false), "false");
}

TEST(a_count_beyond_what_json_integers_hold_is_a_real)
{
    json_t *count = figure_count(UINT64_MAX);

    assert_true(json_is_real(count));
    json_decref(count);
    check(figure_count(INT64_MAX), "9223372036854775807");
}

TEST(bytes_that_are_not_utf_8_are_replaced)
{
    check(figure_text("a\xff"), "\"a\xef\xbf\xbd\"");
}

TEST(failures_are_counted_by_kind)
{
    struct tally tally = {.failures = {[FAILURE_RESET] = 3}};
    json_t *failures = figure_failures(&tally);

    assert_int_equal(json_object_size(failures), FAILURE_COUNT);
    assert_int_equal(json_integer_value(json_object_get(failures, "reset")), 3);
    assert_int_equal(json_integer_value(json_object_get(failures, "unsent")), 0);
    json_decref(failures);
}
