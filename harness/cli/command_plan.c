#include "command.h"
#include "places.h"
#include "profile_line.h"

#include "contract/operation.h"
#include "plan/plan.h"

#include <stdbool.h>

static int print_plan(const char *name, const char *backends, struct plan_options *options, struct error *err)
{
    struct scenario scenario;
    struct manifest *manifests;
    struct plan plan;
    struct text out = {0};
    int result = -1;

    if (places_scenario(name, &scenario, err) != 0) {
        return -1;
    }
    if (places_backends(backends, &manifests, &options->backend_count, err) == 0) {
        plan_make(&plan, &scenario, options);
        plan_describe(&plan, &scenario, &out);
        operation_hint(&scenario, &out);
        result = command_write(&out, NULL, err);
        text_release(&out);
        plan_release(&plan);
        places_free(manifests, options->backend_count);
    }
    scenario_release(&scenario);
    return result;
}

int command_plan(const struct command_line *line, struct error *err)
{
    struct profile_line length = {0};
    struct plan_options plan = {0};
    const char *backends = NULL, *name = "catalog";
    const struct option options[] = {
        {"backends", OPTION_TEXT, &backends, "LIST", "such as go,rust (default: all)"},
        {"profile", OPTION_TEXT, &length.name, "NAME", "quick: a look; standard: the default; rigorous: for a claim"},
        {"quick", OPTION_FLAG, &length.quick, NULL, "short for --profile quick: steps of a quarter of the time"},
        {"trials", OPTION_COUNT, &length.trials, "N", "climbs of each backend, interleaved (default 1; rigorous: 6)"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    unsigned trials;

    if (command_read(line, "plan [SCENARIO] [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count > 1) {
        error_input(err, "plan: expected one scenario, found %zu", rest.count);
        return EXIT_USAGE;
    }
    if (profile_line_read(&length, &plan.profile, &trials, err) != 0) {
        error_context(err, "plan");
        return EXIT_USAGE;
    }
    plan.trial_count = trials;
    if (rest.count == 1) {
        name = rest.items[0];
    }
    if (print_plan(name, backends, &plan, err) != 0) {
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}
