/* Scenarios: as a text, and as the file fuzz.json with lines.txt beside it. The input: the scenario, a NUL, the lines.
 */
#include "base/mem.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "json_change.h"
#include "plan/plan.h"
#include "plan/scenario/scenario.h"
#include "scenario_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "NAME:LINE: ", with a line that the text has. */
static void check_line(const struct error *err, const char *name, const char *text)
{
    unsigned long lines = 1;
    const char *at = strstr(err->message, name);

    for (const char *c = text; *c != '\0'; c++) {
        lines += *c == '\n';
    }
    FUZZ_HOLDS(at == err->message && at[strlen(name)] == ':');
    unsigned long line = strtoul(at + strlen(name) + 1, NULL, 10);
    FUZZ_HOLDS(line >= 1 && line <= lines);
}

static void check_plan(const struct scenario *scenario, bool quick)
{
    struct plan_options options = {.backend_count = 3,
                                   .trial_count = 2,
                                   .profile = quick ? PROFILE_QUICK : PROFILE_RIGOROUS};
    struct plan plan;
    struct text words = {0};

    plan_make(&plan, scenario, &options);
    FUZZ_HOLDS(plan.step_count == scenario->steps && plan.step_count > 0);
    for (size_t i = 0; i < plan.step_count; i++) {
        const struct planned_step *step = &plan.steps[i];
        FUZZ_HOLDS(step->level == scenario->from << i && step->level > 0);
        FUZZ_HOLDS((step->connections > 0) == (step->rate == 0 || scenario->doubling == DOUBLING_OPEN));
        FUZZ_HOLDS(step->warmup_ns > 0 && step->measure_ns > 0);
    }
    FUZZ_HOLDS(plan_longest_ns(&plan, scenario) > 0);
    plan_describe(&plan, scenario, &words);
    text_release(&words);
    plan_release(&plan);
}

static void check_scenario(const struct scenario *scenario)
{
    const struct limits *limits = &scenario->limits;

    FUZZ_HOLDS(scenario->name != NULL && scenario->why != NULL && scenario->text != NULL);
    FUZZ_HOLDS(scenario->traffic.request_count > 0);
    FUZZ_HOLDS(limits->latency_ns == 0 || (limits->percentile > 0 && limits->percentile < 1));
    FUZZ_HOLDS(limits->error_share >= 0 && limits->error_share <= 1);
    FUZZ_HOLDS(limits->throughput_share >= 0 && limits->throughput_share <= 1);
    check_plan(scenario, false);
    check_plan(scenario, true);
}

/* Returns whether the text was taken; its own text is taken again then. */
static bool read_text(const char *text)
{
    struct scenario scenario, again;
    struct error err = {0};

    if (!fuzz_taken(scenario_parse(&scenario, "the text", text, &err), &err)) {
        check_line(&err, "the text", text);
        return false;
    }
    FUZZ_HOLDS(strcmp(scenario.text, text) == 0);
    check_scenario(&scenario);
    FUZZ_HOLDS(scenario_parse(&again, "the text", scenario.text, NULL) == 0);
    scenario_release(&again);
    scenario_release(&scenario);
    return true;
}

static void check_lines(const struct value *value)
{
    FUZZ_HOLDS(value->type != VALUE_LINES || (value->line_count > 0 && value->lines[value->line_count] == NULL));
    for (size_t i = 0; i < value->line_count; i++) {
        FUZZ_HOLDS(value->lines[i][0] != '\0' && strchr(value->lines[i], '\n') == NULL);
    }
}

static void read_file(const char *text, struct fuzz_bytes *lines, bool taken)
{
    struct scenario scenario;
    struct error err = {0};
    char *file = fuzz_file("fuzz.json", text, strlen(text));

    free(fuzz_file("lines.txt", lines->at, lines->left));
    if (fuzz_taken(scenario_read(&scenario, file, &err), &err)) {
        FUZZ_HOLDS(taken);
        check_scenario(&scenario);
        for (size_t i = 0; i < scenario.traffic.value_count; i++) {
            check_lines(&scenario.traffic.values[i]);
        }
        scenario_release(&scenario);
    } else if (utf8_is_other(text, strlen(text))) {
        FUZZ_HOLDS(strstr(err.message, "UTF-16") != NULL); /* which has no lines to name */
    } else {
        check_line(&err, file, text);
    }
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    char *text = fuzz_string(&bytes);

    read_file(text, &bytes, read_text(text));
    free(text);
    return 0;
}

/* The lines stay behind the scenario. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
    const uint8_t *nul = memchr(data, '\0', size);
    size_t rest = nul != NULL ? size - (size_t)(nul - data) : 0;

    if (rest == 0 || rest == most || seed % 4 == 0) {
        return json_change_bytes(data, size, most, scenario_words, seed);
    }
    char *lines = mem_copy(nul, rest);
    size = json_change_bytes(data, size - rest, most - rest, scenario_words, seed);
    memcpy(data + size, lines, rest);
    free(lines);
    return size + rest;
}
