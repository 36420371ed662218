#include "backends/named_backends.h"
#include "command.h"
#include "places.h"
#include "profile_line.h"
#include "run/override_line.h"
#include "run/target_line.h"

#include "base/file.h"
#include "base/units.h"
#include "contract/operation.h"
#include "plan/plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct plan_line {
    const char *name, *backends;
    struct profile_line length;
    struct override_line changes;
};

/* What a URL asks for needs nobody who listens there. */
static int read_scenario(const struct plan_line *line, struct scenario *ret_scenario, struct error *err)
{
    struct overrides overrides = {0};
    int result = override_line_read(&line->changes, &overrides, err);

    if (result == 0 && target_line_is_url(line->name)) {
        result = target_line_plan(line->name, &overrides, ret_scenario, err);
    } else if (result == 0) {
        result = places_scenario(line->name, &overrides, ret_scenario, err);
    }
    overrides_release(&overrides);
    return result;
}

/* How many services the plan is for: one where there is no backend, or a URL was given. And whether one of them answers
 * by the sample API, which the hint is about. */
static int count_services(const struct plan_line *line, size_t *ret_count, bool *ret_sample, struct error *err)
{
    bool named = line->backends != NULL;
    struct manifest *manifests;
    size_t count;

    *ret_count = 1;
    *ret_sample = false;
    if (!named && target_line_is_url(line->name)) {
        return 0;
    }
    char **words = named_backends_words(&line->backends, named);
    int result = named_backends_read(words, &manifests, &count, named ? err : NULL);
    file_list_free(words);
    if (result != 0) {
        return named ? -1 : 0;
    }
    for (size_t i = 0; i < count; i++) {
        *ret_sample = *ret_sample || manifests[i].operations != NULL;
    }
    named_backends_free(manifests, count);
    *ret_count = count;
    return 0;
}

/* Appends the plan, and adds the longest time that it can take to `longest_ns`, which stays UINT64_MAX once it is. */
static int describe(const struct plan_line *line, struct plan_options *options, struct text *out, uint64_t *longest_ns,
                    struct error *err)
{
    struct scenario scenario;
    struct plan plan;
    bool has_sample;
    int result = -1;

    if (read_scenario(line, &scenario, err) != 0) {
        return -1;
    }
    if (count_services(line, &options->backend_count, &has_sample, err) == 0) {
        plan_make(&plan, &scenario, options);
        plan_describe(&plan, &scenario, out);
        if (has_sample && !target_line_is_url(line->name)) {
            operation_hint(&scenario, out);
        }
        uint64_t ns = plan_longest_ns(&plan, &scenario);
        *longest_ns = ns < UINT64_MAX - *longest_ns ? *longest_ns + ns : UINT64_MAX;
        plan_release(&plan);
        result = 0;
    }
    scenario_release(&scenario);
    return result;
}

/* All scenarios, as `bench all` runs them one after another. */
static int describe_all(struct plan_line *line, struct plan_options *options, struct text *out, struct error *err)
{
    char **names, most[UNITS_TEXT];
    uint64_t longest_ns = 0;
    int result = 0;

    if (places_scenarios(&names, err) != 0) {
        return -1;
    }
    for (size_t i = 0; names[i] != NULL && result == 0; i++) {
        line->name = names[i];
        result = describe(line, options, out, &longest_ns, err);
        text_add(out, "\n");
    }
    units_write_duration(most, longest_ns);
    text_format(out, "all of them, one after another: at most %s\n", most);
    file_list_free(names);
    return result;
}

static int print_plan(struct plan_line *line, struct plan_options *options, struct error *err)
{
    struct text out = {0};
    uint64_t longest_ns = 0;
    int result = strcmp(line->name, "all") == 0 ? describe_all(line, options, &out, err)
                                                : describe(line, options, &out, &longest_ns, err);

    if (result == 0) {
        result = command_write(&out, NULL, err);
    }
    text_release(&out);
    return result;
}

int command_plan(const struct command_line *command, struct error *err)
{
    struct plan_line line = {.name = "catalog"};
    struct plan_options plan = {0};
    const struct option options[] = {
        {"backends", OPTION_TEXT, &line.backends, "LIST", "such as go,./my-service (default: all in backends/)"},
        OVERRIDE_OPTIONS(line.changes),
        {"profile", OPTION_TEXT, &line.length.name, "NAME",
         "quick: a look; standard: the default; rigorous: for a claim"},
        {"quick", OPTION_FLAG, &line.length.quick, NULL, "short for --profile quick: steps of a quarter of the time"},
        {"trials", OPTION_COUNT, &line.length.trials, "N",
         "climbs of each backend, interleaved (default 1; rigorous: 6)"},
        ARGUMENTS_EXAMPLE("plan catalog", "the loads of the catalog scenario, and the time that they take at most"),
        ARGUMENTS_EXAMPLE("plan scenarios/mine.json --backends go,rust --trials 6",
                          "the same for two services and six trials"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    unsigned trials;

    if (command_read(command, "plan [SCENARIO|URL|all] [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count > 1) {
        error_input(err, "plan: expected one scenario, found %zu", rest.count);
        return EXIT_USAGE;
    }
    if (profile_line_read(&line.length, &plan.profile, &trials, err) != 0) {
        error_context(err, "plan");
        return EXIT_USAGE;
    }
    plan.trial_count = trials;
    if (rest.count == 1) {
        line.name = rest.items[0];
    }
    if (print_plan(&line, &plan, err) != 0) {
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}
