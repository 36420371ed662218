#include "plan/scenario/overrides.h"

#include "base/clock.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static const char text[] = "{\"schema\": 1, \"name\": \"tiny\", \"why\": \"for tests\",\n"
                           " \"requests\": [{\"name\": \"read\", \"path\": \"/items/1\"}],\n"
                           " \"double\": {\"what\": \"rate\", \"from\": 100, \"steps\": 3},\n"
                           " \"step\": {\"settle\": \"1s\"}, \"limits\": {\"p99\": \"50ms\", \"memory\": \"1GiB\"}}";

/* What the command line says: a key and its option; NULL for a limit. */
struct said {
    const char *key, *name, *value;
};

static int read_with(const struct said *said, size_t count, struct scenario *ret_scenario, struct error *err)
{
    struct overrides overrides = {0};
    int result = 0;

    for (size_t i = 0; i < count && result == 0; i++) {
        if (said[i].key != NULL) {
            overrides_add(&overrides, said[i].key, said[i].name, said[i].value);
        } else {
            result = overrides_add_limit(&overrides, said[i].value, err);
        }
    }
    if (result == 0) {
        result = overrides_parse(&overrides, "tiny", text, ret_scenario, err);
    }
    overrides_release(&overrides);
    return result;
}

static struct scenario with(const struct said *said, size_t count)
{
    struct scenario scenario;
    struct error err = {0};

    if (read_with(said, count, &scenario, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return scenario;
}

TEST(keys_of_the_file_are_replaced_and_said)
{
    const struct said said[] = {{"double.from", "from", "7"},      {"double.steps", "steps", "5"},
                                {"step.warmup", "warmup", "3s"},   {"step.measure", "measure", "2s"},
                                {"deadline", "deadline", "250ms"}, {"connections", "connections", "9"},
                                {NULL, NULL, "p90=20ms"},          {NULL, NULL, "memory=none"}};
    struct scenario scenario = with(said, sizeof said / sizeof said[0]);

    assert_int_equal(scenario.from, 7);
    assert_int_equal(scenario.steps, 5);
    assert_int_equal(scenario.warmup_ns, 3 * CLOCK_SECOND_NS);
    assert_int_equal(scenario.measure_ns, 2 * CLOCK_SECOND_NS);
    assert_int_equal(scenario.deadline_ns, CLOCK_SECOND_NS / 4);
    assert_int_equal(scenario.connections_most, 9);
    assert_true(scenario.limits.percentile == 0.9);
    assert_int_equal(scenario.limits.latency_ns, 20 * CLOCK_MILLISECOND_NS);
    assert_int_equal(scenario.limits.memory_bytes, 0);
    assert_string_equal(scenario.overridden, "double.from=7 double.steps=5 step.warmup=3s step.measure=2s "
                                             "deadline=250ms connections=9 limits.p90=20ms limits.memory=none");
    scenario_release(&scenario);
}

TEST(the_text_that_is_kept_is_the_scenario_as_it_was_run)
{
    struct scenario scenario = with(&(struct said){"double.from", "from", "7"}, 1), again;
    struct error err = {0};

    assert_int_equal(scenario_parse(&again, "kept", scenario.text, &err), 0);
    assert_int_equal(again.from, 7);
    assert_int_equal(again.warmup_ns, CLOCK_SECOND_NS);
    scenario_release(&again);
    scenario_release(&scenario);
}

TEST(what_is_as_in_the_file_is_no_override)
{
    struct scenario scenario = with(&(struct said){"double.from", "from", "100"}, 1);

    assert_null(scenario.overridden);
    assert_string_equal(scenario.text, text);
    scenario_release(&scenario);
}

TEST(no_limit_on_errors_is_one_that_allows_all)
{
    struct scenario scenario = with(&(struct said){NULL, NULL, "errors=none"}, 1);

    assert_true(scenario.limits.error_share == 1);
    scenario_release(&scenario);
}

TEST(a_run_log_s_text_gives_the_same_again)
{
    const struct said said[] = {{"double.from", "from", "7"}, {NULL, NULL, "p90=20ms"}};
    struct scenario scenario = with(said, 2), again;
    struct overrides overrides = {0};
    struct error err = {0};

    assert_int_equal(overrides_add_text(&overrides, scenario.overridden, &err), 0);
    assert_int_equal(overrides_parse(&overrides, "tiny", text, &again, &err), 0);
    assert_string_equal(again.text, scenario.text);
    assert_string_equal(again.overridden, scenario.overridden);
    overrides_release(&overrides);
    assert_int_equal(overrides_add_text(&overrides, "nothing", &err), -1);
    overrides_release(&overrides);
    scenario_release(&again);
    scenario_release(&scenario);
}

static const struct {
    const char *name;
    struct said said;
    const char *message;
} wrong[] = {
    {"no number", {"double.from", "from", "0.5"}, "--from 0.5: double.from: expected "},
    {"zero", {"double.from", "from", "0"}, "--from 0: double.from: expected "},
    {"a ladder too high", {"double.steps", "steps", "24"}, "--steps 24: double: the last of the steps would be at "},
    {"no unit", {"step.measure", "measure", "5"}, "--measure 5: step.measure: expected "},
    {"too short", {"step.measure", "measure", "1ms"}, "--measure 1ms: step.measure: expected a time from 1s to 1h"},
    {"too long", {"deadline", "deadline", "2h"}, "--deadline 2h: deadline: expected "},
    {"too many", {"connections", "connections", "99999999"}, "--connections 99999999: connections: expected "},
    {"no such limit",
     {NULL, NULL, "p98=1ms"},
     "--limit p98=1ms: limits.p98: unknown key; the nearest known key is \"p90\""},
    {"no share", {NULL, NULL, "errors=2"}, "--limit errors=2: limits.errors: expected "},
    {"no value", {NULL, NULL, "p99"}, "--limit: expected NAME=VALUE, such as p99=100ms, found \"p99\""},
};

/* As the reader of scenarios says it, without a line of a text that nobody has written. */
TEST_EACH(what_no_file_may_say_is_refused, wrong)
{
    const __typeof__(wrong[0]) *one = *state;
    struct scenario scenario;
    struct error err = {0};

    assert_int_equal(read_with(&one->said, 1, &scenario, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strncmp(err.message, one->message, strlen(one->message)) != 0) {
        fail_msg("%s", err.message);
    }
}
