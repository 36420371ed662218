#include "report/gate/gate.h"

#include "report_cases.h"
#include "test.h"

#include <string.h>

TEST(a_condition_is_a_figure_and_a_bound_or_a_fact_and_a_name)
{
    static const struct {
        const char *text;
        enum run_figure figure;
        bool above;
        double bound;
        const char *name;
        size_t service_length;
    } cases[] = {
        {"capacity<5000", RUN_CAPACITY, false, 5000, NULL, 0},
        {"capacity>2.5", RUN_CAPACITY, true, 2.5, NULL, 0},
        {"p99>50ms", RUN_P99, true, 50e6, NULL, 0},
        {"memory>300MiB", RUN_MEMORY, true, 300.0 * 1024 * 1024, NULL, 0},
        {"cpu>200us", RUN_CPU, true, 200e3, NULL, 0},
        {"errors>0.1%", RUN_ERRORS, true, 0.001, NULL, 0},
        {"first!=latency", RUN_FIRST, true, 0, "latency", 0},
        {"first=latency of checkout", RUN_FIRST, false, 0, "latency of checkout", 0},
        {"cause=one-thread", RUN_CAUSE, false, 0, "one-thread", 0},
        {"go:capacity<5000", RUN_CAPACITY, false, 5000, NULL, 2},
        {"127.0.0.1:8080:p99>1s", RUN_P99, true, 1e9, NULL, 14},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run_condition condition;
        struct error err = {0};
        if (run_condition_read(&condition, cases[i].text, &err) != 0) {
            fail_msg("%s", err.message);
        }
        assert_int_equal(condition.figure, cases[i].figure);
        assert_int_equal(condition.above, cases[i].above);
        assert_float_equal(condition.bound, cases[i].bound, 1e-9);
        assert_int_equal(condition.service_length, cases[i].service_length);
        if (cases[i].name != NULL) {
            assert_string_equal(condition.name, cases[i].name);
        }
    }
}

TEST(anything_else_is_refused_with_what_was_expected)
{
    static const char *const wrong[] = {"",
                                        "capacity",
                                        "capacity<",
                                        "capacity<-1",
                                        "capacity<10%",
                                        "capacity=5000",
                                        "capacity<nan",
                                        "p99>50",
                                        "memory>300",
                                        "first<latency",
                                        "first!latency",
                                        "first=slow",
                                        "first=latency in checkout",
                                        "cause=CPU",
                                        "throughput<10",
                                        ":capacity<1",
                                        "go capacity<1"};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct run_condition condition;
        struct error err = {0};
        if (run_condition_read(&condition, wrong[i], &err) == 0) {
            fail_msg("\"%s\" was taken", wrong[i]);
        }
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.message, "first!=latency"));
        assert_non_null(strstr(err.message, wrong[i]));
    }
}

/* What the condition comes to for the climbs; `said` must be in what is said of the last service. */
static void expect(const char *climbs, const char *text, enum condition_outcome outcome, const char *said)
{
    struct findings_builder builder;
    struct run_condition condition;
    struct gate gate;

    builder_init(&builder, report_cases_catalog);
    builder_climbs(&builder, climbs);
    builder_finish(&builder);
    assert_int_equal(run_condition_read(&condition, text, NULL), 0);
    gate_judge(&condition, 1, &builder.findings, &gate);
    const char *words = gate.verdicts[gate.count - 1].words;
    if (gate.worst != outcome || strstr(words, said) == NULL) {
        fail_msg("%s, %s: %s: %s", climbs, text, gate_outcome_phrase(gate.worst), words);
    }
    gate_release(&gate);
    builder_release(&builder);
}

TEST(a_capacity_is_judged_as_far_as_it_is_known)
{
    expect("go ppb", "capacity<2000", CONDITION_CLEAR, "capacity between 2,000/s and 4,000/s; of one trial");
    expect("go ppb", "capacity<4000", CONDITION_HELD, "between 2,000/s and 4,000/s");
    expect("go ppb", "capacity<3000", CONDITION_NOT_JUDGED, "nothing is known of its capacity closer to the bound");
    expect("go ppb", "capacity>1999", CONDITION_HELD, "between");
    expect("go ppb", "capacity>4000", CONDITION_NOT_JUDGED, "between");
    expect("go ppp", "capacity<4000", CONDITION_CLEAR, ">= 4,000/s");
    expect("go ppp", "capacity<4001", CONDITION_NOT_JUDGED, ">= 4,000/s");
    expect("go bbb", "capacity<1000", CONDITION_HELD, "below 1,000/s");
}

TEST(one_service_is_enough_and_each_can_be_asked_by_its_name)
{
    expect("go pppp rust ppb", "capacity<4000", CONDITION_HELD, "between 2,000/s and 4,000/s");
    expect("go pppp rust ppb", "go:capacity<4000", CONDITION_CLEAR, ">= 8,000/s");
    expect("go pppp", "rust:capacity<4000", CONDITION_NOT_JUDGED, "no service of the run is called \"rust\"");
}

TEST(what_breaks_first_and_why_is_asked_by_name)
{
    expect("go ppb", "first=latency", CONDITION_HELD, "breaks first on latency");
    expect("go ppb", "first!=latency", CONDITION_CLEAR, "breaks first on latency");
    expect("go ppb", "first!=errors", CONDITION_HELD, "breaks first on latency");
    expect("go ppb", "cause=cpu", CONDITION_HELD, "cause: cpu");
    expect("go ppb", "cause!=cpu", CONDITION_CLEAR, "cause: cpu");
    expect("go ppp", "first!=latency", CONDITION_CLEAR, "nothing broke");
    expect("go ppp", "first=latency", CONDITION_CLEAR, "nothing broke");
}

TEST(a_figure_is_that_of_the_highest_load_held)
{
    expect("go ppb", "errors<1%", CONDITION_HELD, " at 2,000/s");
    expect("go bbb", "memory>1MiB", CONDITION_NOT_JUDGED, "it holds no load");
}

TEST(a_service_without_a_valid_step_cannot_be_judged)
{
    expect("go iii", "capacity<1", CONDITION_NOT_JUDGED, "capacity cannot be judged: no valid step");
    expect("go iii", "first!=latency", CONDITION_NOT_JUDGED, "no valid step");
}

TEST(trials_say_what_one_does_not)
{
    struct findings_builder builder;
    struct run_condition condition;
    struct gate gate;

    builder_init(&builder, report_cases_catalog);
    builder_climbs(&builder, "go ppb,ppb");
    builder_finish(&builder);
    assert_int_equal(run_condition_read(&condition, "capacity<1000", NULL), 0);
    gate_judge(&condition, 1, &builder.findings, &gate);
    assert_int_equal(gate.worst, CONDITION_CLEAR);
    assert_null(strstr(gate.verdicts[0].words, "of one trial"));
    gate_release(&gate);
    builder_release(&builder);
}
