#include "report/compare/comparison_condition.h"

#include "comparison_cases.h"
#include "test.h"

#include <string.h>

TEST(a_condition_is_a_figure_a_sign_and_a_change)
{
    static const struct {
        const char *text;
        enum compared compared;
        bool above;
        double change;
    } cases[] = {
        {"capacity<-10%", COMPARED_CAPACITY, false, -0.1},
        {"relative<-2.5%", COMPARED_RELATIVE, false, -0.025},
        {"cpu>+20%", COMPARED_CPU, true, 0.2},
        {"memory>15%", COMPARED_MEMORY, true, 0.15},
        {"p99>200%", COMPARED_P99, true, 2},
        {"capacity<0%", COMPARED_CAPACITY, false, 0},
        {"capacity<-100%", COMPARED_CAPACITY, false, -1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct comparison_condition condition;
        struct error err = {0};
        assert_int_equal(comparison_condition_read(&condition, cases[i].text, &err), 0);
        assert_int_equal(condition.compared, cases[i].compared);
        assert_int_equal(condition.above, cases[i].above);
        assert_float_equal(condition.change, cases[i].change, 1e-12);
    }
}

TEST(anything_else_is_refused_with_what_was_expected)
{
    static const char *const wrong[] = {"",
                                        "capacity",
                                        "capacity<",
                                        "capacity<-10",
                                        "capacity<10ms",
                                        "capacity <-10%",
                                        "capacity< -10%",
                                        "capacity<--10%",
                                        "capacity<+-10%",
                                        "capacity=-10%",
                                        "capacity<=-10%",
                                        "capacity<-101%",
                                        "capacity<-10%%",
                                        "capacity<-10% ",
                                        "capacity<nan%",
                                        "Capacity<-10%",
                                        "throughput<-10%",
                                        "<-10%"};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct comparison_condition condition = {.change = 42};
        struct error err = {0};
        if (comparison_condition_read(&condition, wrong[i], &err) == 0) {
            fail_msg("\"%s\" was taken", wrong[i]);
        }
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.message, "capacity, relative, cpu, memory, p99"));
        assert_non_null(strstr(err.message, wrong[i]));
        assert_float_equal(condition.change, 42, 0);
    }
}

static const struct comparison_case *case_named(const char *name)
{
    const struct comparison_case *found = comparison_cases;
    while (strcmp(found->name, name) != 0) {
        found++;
    }
    return found;
}

/* What the condition comes to for the case; `said` must be in what is said of it, and nothing said for NULL. */
static void expect(const char *name, const char *text, enum condition_outcome outcome, const char *said)
{
    struct compared_case compared;
    struct comparison_condition condition;
    struct error err = {0};
    struct text why = {0};

    compared_case_make(&compared, case_named(name));
    assert_int_equal(comparison_condition_read(&condition, text, &err), 0);
    enum condition_outcome found = comparison_condition_judge(&condition, &compared.comparison, &why);
    if (found != outcome || (said == NULL) != (why.length == 0) || (said != NULL && strstr(why.data, said) == NULL)) {
        fail_msg("%s, %s: %d: %s", name, text, found, why.length > 0 ? why.data : "(nothing)");
    }
    text_release(&why);
    compared_case_release(&compared);
}

TEST(what_would_hold_where_nothing_changed_is_refused)
{
    static const char *const wrong[] = {"capacity<10%", "relative<2.5%", "p99<100%", "capacity<+10%",
                                        "cpu>-5%",      "memory>-0.1%",  "p99>-100%"};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct comparison_condition condition = {.change = 42};
        struct error err = {0};
        assert_int_equal(comparison_condition_read(&condition, wrong[i], &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_float_equal(condition.change, 42, 0);
    }
    struct comparison_condition condition;
    struct error err = {0};
    assert_int_equal(comparison_condition_read(&condition, "capacity<10%", &err), -1);
    assert_string_equal(err.message,
                        "--fail-if: \"capacity<10%\" would hold where nothing changed; \"capacity<-10%\" holds "
                        "where it fell by more than that");
    err = (struct error){0};
    assert_int_equal(comparison_condition_read(&condition, "cpu>-5%", &err), -1);
    assert_string_equal(err.message, "--fail-if: \"cpu>-5%\" would hold where nothing changed; \"cpu>+5%\" holds where "
                                     "it grew by more than that");
    assert_int_equal(comparison_condition_read(&condition, "capacity<0%", NULL), 0);
    assert_int_equal(comparison_condition_read(&condition, "p99>0%", NULL), 0);
}

TEST(with_one_trial_the_plain_change_decides_and_is_said_to_hold_by_chance)
{
    expect("versions", "capacity<-10%", CONDITION_HELD,
           "go: capacity -50 %, no interval; this can hold without any change: one run a side, or too few\n");
    expect("versions", "capacity<-60%", CONDITION_CLEAR,
           "go: capacity -50 %, no interval; a change of this size may be missed: one run a side, or too few\n");
    expect("versions", "capacity>0%", CONDITION_CLEAR, "may be missed");
    expect("versions", "p99>0%", CONDITION_CLEAR, "go: p99");
}

TEST(what_is_not_seen_to_differ_never_holds)
{
    expect("machines", "memory>100%", CONDITION_NOT_JUDGED, "rust: memory cannot be judged: took no part");
    expect("machines", "capacity>0%", CONDITION_HELD, "node: capacity x8");
}

TEST(a_service_that_took_no_part_in_the_second_run_cannot_be_judged)
{
    expect("machines", "capacity<-10%", CONDITION_NOT_JUDGED,
           "rust: capacity cannot be judged: took no part: cargo 1.75 or later is not installed");
}

TEST(with_trials_the_difference_has_to_be_seen)
{
    expect("machines", "cpu<-40%", CONDITION_HELD, "go: cpu -");
    expect("machines", "p99<-99%", CONDITION_NOT_JUDGED, "rust");
}

TEST(what_was_lost_altogether_holds)
{
    struct compared_case compared;
    struct comparison_condition condition;
    struct error err = {0};
    struct text why = {0};

    compared_case_make(&compared, case_named("forced"));
    /* Only the first and the last run. */
    struct compared_run runs[2] = {compared.comparison.runs[0], compared.comparison.runs[2]};
    struct comparison two;
    comparison_make(&two, runs, 2);
    assert_int_equal(comparison_condition_read(&condition, "capacity<-99%", &err), 0);
    assert_int_equal(comparison_condition_judge(&condition, &two, &why), CONDITION_HELD);
    assert_non_null(strstr(why.data, "go: capacity -100 %, no interval; this can hold without any change: one run a "
                                     "side, or too few\n"));
    text_release(&why);
    comparison_release(&two);
    compared_case_release(&compared);
}
