#include "plan/scenario/limits.h"

#include "test.h"

#include <string.h>

static const struct limits all = {
    .percentile = 0.99, .latency_ns = 50000000, .error_share = 0.001, .throughput_share = 0.95, .memory_bytes = 1000};

static struct limits after(const char *assignment)
{
    struct limits limits = all;
    struct error err = {0};

    if (limits_set(&limits, assignment, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return limits;
}

TEST(each_limit_can_be_set)
{
    assert_int_equal(after("p99=100ms").latency_ns, 100000000);
    assert_true(after("errors=1%").error_share == 0.01);
    assert_true(after("throughput=90%").throughput_share == 0.9);
    assert_int_equal(after("memory=1GiB").memory_bytes, 1073741824);
}

TEST(setting_one_leaves_the_others)
{
    struct limits limits = after("memory=1GiB");

    limits.memory_bytes = all.memory_bytes;
    assert_memory_equal(&limits, &all, sizeof all);
}

TEST(another_percentile_takes_the_place_of_the_first)
{
    const struct {
        const char *assignment;
        double percentile;
    } cases[] = {{"p50=7ms", 0.5}, {"p90=7ms", 0.9}, {"p95=7ms", 0.95}, {"p99=7ms", 0.99}, {"p999=7ms", 0.999}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct limits limits = after(cases[i].assignment);
        assert_true(limits.percentile == cases[i].percentile);
        assert_int_equal(limits.latency_ns, 7000000);
    }
}

TEST(none_switches_a_limit_off)
{
    assert_int_equal(after("p99=none").latency_ns, 0);
    assert_true(after("errors=none").error_share == 0);
    assert_true(after("throughput=none").throughput_share == 0);
    assert_int_equal(after("memory=none").memory_bytes, 0);
}

TEST(what_is_wrong_is_named_and_changes_nothing)
{
    const char *const cases[][2] = {
        {"p99", "limit \"p99\": expected NAME=VALUE, such as p99=100ms"},
        {"", "limit \"\": expected NAME=VALUE, such as p99=100ms"},
        {"p98=5ms",
         "limit \"p98=5ms\": expected one of p50, p90, p95, p99, p999, errors, throughput, memory, found \"p98\""},
        {"=5ms", "limit \"=5ms\": expected one of p50, p90, p95, p99, p999, errors, throughput, memory, found \"\""},
        {"p99=5", "limit \"p99=5\": expected a time above 0 with its unit (ns, us, ms, s, m, h), such as 100ms, or the "
                  "word none, found \"5\""},
        {"p99=0ms", "limit \"p99=0ms\": expected a time above 0 with its unit (ns, us, ms, s, m, h), such as 100ms, or "
                    "the word none, found \"0ms\""},
        {"p99=", "limit \"p99=\": expected a time above 0 with its unit (ns, us, ms, s, m, h), such as 100ms, or the "
                 "word none, found \"\""},
        {"p95=none", "limit \"p95=none\": another percentile than p95 is judged; name that one"},
        {"errors=0.1", "limit \"errors=0.1\": expected a share above 0% and up to 100%, or none, found \"0.1\""},
        {"errors=0%", "limit \"errors=0%\": expected a share above 0% and up to 100%, or none, found \"0%\""},
        {"errors=101%", "limit \"errors=101%\": expected a share above 0% and up to 100%, or none, found \"101%\""},
        {"throughput=-5%",
         "limit \"throughput=-5%\": expected a share above 0% and up to 100%, or none, found \"-5%\""},
        {"memory=512M",
         "limit \"memory=512M\": expected a size above 0 with its unit (B, KiB, MiB, GiB, kB, MB, GB) or "
         "none, found \"512M\""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct limits limits = all;
        struct error err = {0};
        assert_int_equal(limits_set(&limits, cases[i][0], &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_string_equal(err.message, cases[i][1]);
        assert_memory_equal(&limits, &all, sizeof all);
    }
}

static struct limits limits_of(const char *json)
{
    struct json_source source;
    struct limits limits = all;

    assert_int_equal(json_source_parse(&source, "f", json, NULL), 0);
    struct json_at top = json_top(&source);
    assert_int_equal(limits_read(&limits, &top, NULL), 0);
    json_source_release(&source);
    return limits;
}

TEST(a_scenario_names_only_the_limits_it_has)
{
    struct limits limits = limits_of("{\"p50\": \"5ms\"}");

    assert_true(limits.percentile == 0.5);
    assert_int_equal(limits.latency_ns, 5000000);
    assert_true(limits.throughput_share == 0);
    assert_int_equal(limits.memory_bytes, 0);
}

TEST(errors_have_a_limit_that_nobody_named)
{
    struct limits limits = limits_of("{\"p50\": \"5ms\"}");

    assert_true(limits.error_share == LIMITS_ERRORS_DEFAULT && limits.errors_by_default);
    limits = limits_of("{\"errors\": \"1%\"}");
    assert_true(limits.error_share == LIMITS_ERRORS_DEFAULT && !limits.errors_by_default);
    assert_true(limits_of("{\"errors\": \"100%\"}").error_share == 1);
}

TEST(a_limit_on_errors_from_the_command_line_is_no_default)
{
    struct limits limits = limits_of("{}");

    assert_int_equal(limits_set(&limits, "p99=10ms", NULL), 0);
    assert_true(limits.errors_by_default);
    assert_int_equal(limits_set(&limits, "errors=none", NULL), 0);
    assert_true(limits.error_share == 0 && !limits.errors_by_default);
}

static void check_described(const char *json, const char *expected)
{
    struct limits limits = limits_of(json);
    struct text out = {0};

    limits_describe(&limits, &out);
    assert_string_equal(out.data, expected);
    text_release(&out);
}

TEST(limits_are_described_on_one_line)
{
    check_described("{}", "errors 1 % (default, since every response is checked)");
    check_described("{\"p999\": \"1.5s\", \"errors\": \"0.1%\"}", "p999 1.50 s, errors 0.1 %");
    check_described("{\"errors\": \"100%\", \"throughput\": \"95%\", \"memory\": \"512MiB\"}",
                    "errors 100 %, throughput 95 %, memory 512 MiB");
}
