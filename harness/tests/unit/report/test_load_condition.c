#include "report/load/load_condition.h"

#include "test.h"

#include <string.h>

/* So many requests of 1 ms each in a second. */
static void make(struct load_record *record, uint64_t completed)
{
    load_record_init(record, 1);
    record->measured_ns = record->interval_ns = 1000000000;
    record->tally = (struct tally){.offered = completed, .sent = completed, .completed = completed, .good = completed};
    if (completed > 0) {
        histogram_record_many(&record->response, 1000000, completed);
    }
}

static enum condition_state judged(const char *text, uint64_t completed)
{
    struct load_condition condition;
    struct load_record record;
    double figure;

    assert_int_equal(load_condition_read(&condition, text, NULL), 0);
    make(&record, completed);
    enum condition_state state = load_condition_judge(&condition, &record, &figure);
    load_record_release(&record);
    return state;
}

TEST(a_condition_holds_or_does_not)
{
    assert_int_equal(judged("p99>500us", 1000), CONDITION_HOLDS);
    assert_int_equal(judged("p99>50ms", 1000), CONDITION_FAILS);
    assert_int_equal(judged("p95<50ms", 1000), CONDITION_HOLDS);
    assert_int_equal(judged("max>50ms", 1), CONDITION_FAILS);
    assert_int_equal(judged("throughput<1000", 999), CONDITION_HOLDS);
    assert_int_equal(judged("good<1000", 1000), CONDITION_FAILS);
    assert_int_equal(judged("errors>1%", 1), CONDITION_FAILS);
}

TEST(what_no_request_has_cannot_be_judged)
{
    static const char *const of_times[] = {"p50>1ms", "p99<1ms", "mean>1ms", "mean<1ms", "max>1ms", "errors>1%"};

    for (size_t i = 0; i < sizeof of_times / sizeof of_times[0]; i++) {
        assert_int_equal(judged(of_times[i], 0), CONDITION_UNKNOWN);
    }
    assert_int_equal(judged("throughput<1", 0), CONDITION_HOLDS);
}

TEST(a_percentile_of_too_few_cannot_be_judged)
{
    assert_int_equal(judged("p99>50ms", 999), CONDITION_UNKNOWN);
    assert_int_equal(judged("p95>50ms", 999), CONDITION_FAILS);
    assert_int_equal(judged("p999>50ms", 9999), CONDITION_UNKNOWN);
}

TEST(a_slip_of_the_pen_is_refused)
{
    static const char *const wrong[] = {"p98>1ms", "p99",      "p99>",    "p99>1", "p99=1ms",
                                        ">1ms",    "errors>5", "good>-1", ""};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct load_condition condition;
        struct error err = {0};
        assert_int_equal(load_condition_read(&condition, wrong[i], &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.message, "--fail-if"));
    }
}
