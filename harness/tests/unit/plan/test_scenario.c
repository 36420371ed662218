#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "plan/scenario/scenario.h"

#include "case_folder.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CASES   TESTS_FOLDER "/cases/scenario/"
#define CATALOG SOURCE_FOLDER "/scenarios/catalog.json"

#define LEAST                                                                                                          \
    "{\"schema\": 1, \"name\": \"least\", \"why\": \"w\", \"requests\": [{\"name\": \"r\", \"path\": \"/\"}],"         \
    " \"double\": {\"what\": \"rate\", \"from\": 5, \"steps\": 2}}"

static struct scenario parsed(const char *text)
{
    struct scenario scenario;
    struct error err = {0};

    if (scenario_parse(&scenario, "text", text, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return scenario;
}

/* ---- cases ---- */

static void accept(const char *path)
{
    struct scenario scenario;
    struct error err = {0};
    char *file = file_join(path, "case.json");

    if (scenario_read(&scenario, file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    scenario_release(&scenario);
    free(file);
}

static void refuse(const char *path)
{
    struct scenario scenario;
    struct scenario before;
    struct error err = {0};
    char *file = file_join(path, "case.json");

    memset(&scenario, 0x5a, sizeof scenario);
    memcpy(&before, &scenario, sizeof scenario);
    assert_int_equal(scenario_read(&scenario, file, &err), -1);
    assert_memory_equal(&scenario, &before, sizeof scenario);
    assert_true(case_folder_agrees(path, &err));
    free(file);
}

TEST(every_valid_case_is_read)
{
    assert_in_range(case_folder_each(CASES "valid", accept), 8, 1000);
}

TEST(every_invalid_case_is_refused_with_its_message)
{
    assert_in_range(case_folder_each(CASES "invalid", refuse), 100, 1000);
    assert_in_range(case_folder_each(CASES "beyond-schema", refuse), 20, 1000);
}

TEST(a_missing_file_is_refused_with_its_path)
{
    struct scenario scenario;
    struct error err = {0};

    assert_int_equal(scenario_read(&scenario, "/nowhere/x.json", &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(err.message, "/nowhere/x.json: cannot be opened: No such file or directory");
}

/* ---- what is read ---- */

TEST(the_catalog_is_read_as_it_stands)
{
    struct scenario scenario;
    struct text text = {0};

    assert_int_equal(scenario_read(&scenario, CATALOG, NULL), 0);
    assert_int_equal(file_read(CATALOG, &text, NULL), 0);
    assert_string_equal(scenario.text, text.data);
    assert_string_equal(scenario.name, "catalog");
    assert_int_equal(scenario.traffic.request_count, 2);
    assert_int_equal(scenario.traffic.requests[0].weight, 90);
    assert_int_equal(scenario.traffic.requests[1].weight, 10);
    assert_int_equal(scenario.doubling, DOUBLING_RATE);
    assert_int_equal(scenario.from, 500);
    assert_int_equal(scenario.steps, 9);
    assert_int_equal(scenario.rate, 0);
    assert_int_equal(scenario.warmup_ns, UINT64_C(1000000000));
    assert_int_equal(scenario.measure_ns, UINT64_C(5000000000));
    assert_int_equal(scenario.arrivals, ARRIVALS_POISSON);
    assert_int_equal(scenario.deadline_ns, UINT64_C(1000000000));
    assert_int_equal(scenario.seed, 1);
    assert_int_equal(scenario.limits.latency_ns, 50000000);
    assert_true(scenario.limits.percentile == 0.99);
    assert_true(scenario.limits.error_share > 0.00099 && scenario.limits.error_share < 0.00101);
    assert_true(scenario.limits.throughput_share == 0.95);
    assert_int_equal(scenario.limits.memory_bytes, 536870912);
    scenario_release(&scenario);
    text_release(&text);
}

TEST(what_is_left_out_has_its_default)
{
    struct scenario scenario = parsed(LEAST);

    assert_string_equal(scenario.text, LEAST);
    assert_string_equal(scenario.why, "w");
    assert_int_equal(scenario.warmup_ns, UINT64_C(1000000000));
    assert_int_equal(scenario.measure_ns, UINT64_C(5000000000));
    assert_int_equal(scenario.arrivals, ARRIVALS_POISSON);
    assert_int_equal(scenario.deadline_ns, UINT64_C(1000000000));
    assert_int_equal(scenario.seed, 1);
    assert_int_equal(scenario.connections_most, 1024);
    assert_int_equal(scenario.limits.latency_ns, 0);
    assert_true(scenario.limits.error_share == LIMITS_ERRORS_DEFAULT && scenario.limits.errors_by_default);
    assert_true(scenario.limits.throughput_share == 0);
    assert_int_equal(scenario.limits.memory_bytes, 0);
    assert_true(scenario.soak.share == 0);
    scenario_release(&scenario);
}

TEST(a_soak_that_says_nothing_is_a_minute_at_half)
{
    struct scenario scenario;

    assert_int_equal(scenario_read(&scenario, CASES "valid/empty-objects/case.json", NULL), 0);
    assert_true(scenario.soak.share == 0.5);
    assert_int_equal(scenario.soak.warmup_ns, UINT64_C(5000000000));
    assert_int_equal(scenario.soak.measure_ns, UINT64_C(60000000000));
    scenario_release(&scenario);
}

TEST(everything_that_is_given_is_taken)
{
    struct scenario scenario;

    assert_int_equal(scenario_read(&scenario, CASES "valid/everything/case.json", NULL), 0);
    assert_int_equal(scenario.from, 10000000);
    assert_int_equal(scenario.steps, 1);
    assert_int_equal(scenario.warmup_ns, 1);
    assert_int_equal(scenario.measure_ns, UINT64_C(3600000000000));
    assert_int_equal(scenario.arrivals, ARRIVALS_EVEN);
    assert_int_equal(scenario.deadline_ns, 250000000);
    assert_int_equal(scenario.seed, INT64_C(9007199254740991));
    assert_int_equal(scenario.connections_most, 20000);
    assert_true(scenario.limits.percentile == 0.999);
    assert_int_equal(scenario.limits.latency_ns, 1500000000);
    assert_true(scenario.soak.share == 1);
    assert_int_equal(scenario.soak.warmup_ns, 1);
    assert_int_equal(scenario.soak.measure_ns, UINT64_C(3600000000000));
    scenario_release(&scenario);
}

TEST(closed_load_doubles_connections)
{
    struct scenario scenario;

    assert_int_equal(scenario_read(&scenario, CASES "valid/closed-load/case.json", NULL), 0);
    assert_int_equal(scenario.doubling, DOUBLING_CONNECTIONS);
    assert_int_equal(scenario.rate, 0);
    assert_int_equal(scenario.connections_most, 0);
    scenario_release(&scenario);
}

TEST(a_level_doubles_at_a_fixed_rate)
{
    struct scenario scenario;

    assert_int_equal(scenario_read(&scenario, CASES "valid/level/case.json", NULL), 0);
    assert_int_equal(scenario.doubling, DOUBLING_VALUE);
    assert_int_equal(scenario.rate, 200);
    assert_string_equal(scenario.traffic.values[scenario.doubled_value].name, "size");
    assert_int_equal(scenario.traffic.values[scenario.doubled_value].type, VALUE_LEVEL);
    scenario_release(&scenario);
}

TEST(a_level_may_be_what_a_process_is_started_with)
{
    struct scenario scenario;

    assert_int_equal(scenario_read(&scenario, CASES "valid/variable/case.json", NULL), 0);
    assert_int_equal(scenario.doubling, DOUBLING_VALUE);
    assert_string_equal(scenario.variable, "ITEMS");
    assert_true(scenario.traffic.values[scenario.doubled_value].to_level);
    scenario_release(&scenario);
}

/* Run logs and scenario files from before the key was renamed stay readable. */
TEST(the_warmup_may_have_its_older_name)
{
    struct scenario scenario =
        parsed("{\"schema\": 1, \"name\": \"x\", \"why\": \"w\", \"requests\": [{\"name\": \"r\", \"path\": \"/\"}],"
               " \"step\": {\"settle\": \"2s\", \"measure\": \"4s\", \"spikes\": 3}, \"soak\": {\"settle\": \"7s\", "
               "\"measure\": \"9s\"},"
               " \"double\": {\"what\": \"rate\", \"from\": 5, \"steps\": 2}}");

    assert_int_equal(scenario.warmup_ns, UINT64_C(2000000000));
    assert_int_equal(scenario.measure_ns, UINT64_C(4000000000));
    assert_int_equal(scenario.spikes, 3);
    assert_int_equal(scenario.soak.warmup_ns, UINT64_C(7000000000));
    assert_int_equal(scenario.soak.measure_ns, UINT64_C(9000000000));
    scenario_release(&scenario);
}

/* A report is made on machines that have only the run log. */
TEST(a_text_is_read_without_the_files_that_it_names)
{
    struct scenario scenario = parsed(
        "{\"schema\": 1, \"name\": \"x\", \"why\": \"w\", \"requests\": [{\"name\": \"r\", \"path\": \"/{line}\"}],"
        " \"values\": {\"line\": {\"file\": \"nowhere.txt\"}},"
        " \"double\": {\"what\": \"rate\", \"from\": 5, \"steps\": 2}}");

    assert_int_equal(scenario.traffic.values[0].type, VALUE_LINES);
    assert_null(scenario.traffic.values[0].lines);
    assert_int_equal(scenario.traffic.values[0].line_count, 0);
    scenario_release(&scenario);
}

TEST(a_scenario_in_the_current_folder_is_read)
{
    struct scenario scenario;

    assert_int_equal(chdir(CASES "valid/everything"), 0);
    assert_int_equal(scenario_read(&scenario, "case.json", NULL), 0);
    assert_string_equal(scenario.traffic.values[4].lines[0], "one");
    scenario_release(&scenario);
}

/* ---- any bytes ---- */

static void try(const char *bytes)
{
    struct scenario scenario;
    struct error err = {0};

    if (scenario_parse(&scenario, "bytes", bytes, &err) == 0) {
        scenario_release(&scenario);
    } else {
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_memory_equal(err.message, "bytes:", 6);
    }
}

TEST(a_scenario_cut_anywhere_is_refused)
{
    char text[] = LEAST;

    for (size_t length = strlen(text) - 1; length > 0; length--) {
        struct scenario scenario;
        text[length] = '\0';
        assert_int_equal(scenario_parse(&scenario, "bytes", text, NULL), -1);
    }
}

/* Characters that mean something to JSON or to a pattern come up more often than the others. */
TEST(any_bytes_are_survived)
{
    static const char telling[] = "{}[]\",:\\0-9eE.tfn \n\x80\xff";
    struct text text = {0};
    struct random random;

    random_init(&random, 1, 1);
    assert_int_equal(file_read(CASES "valid/everything/case.json", &text, NULL), 0);
    for (int i = 0; i < 20000; i++) {
        char *bytes = strdup(text.data);
        for (uint64_t changes = 1 + random_below(&random, 3); changes > 0; changes--) {
            bytes[random_below(&random, text.length)] = telling[random_below(&random, sizeof telling - 1)];
        }
        try(bytes);
        free(bytes);
    }
    text_release(&text);
}
