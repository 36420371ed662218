#include "command.h"
#include "places.h"
#include "profile_line.h"

#include "plan/plan.h"

#include <stdbool.h>

int command_plan(const struct command_line *line, struct error *err)
{
    struct profile_line length = {0};
    struct plan_options how = {0};
    const char *backends = NULL;
    const struct option options[] = {
        {"backends", OPTION_TEXT, &backends, "LIST", "such as go,rust (default: all)"},
        {"profile", OPTION_TEXT, &length.name, "NAME", "quick: a look; standard: the default; rigorous: for a claim"},
        {"quick", OPTION_FLAG, &length.quick, NULL, "short for --profile quick: steps of a quarter of the time"},
        {"trials", OPTION_COUNT, &length.trials, "N", "climbs of each backend, interleaved (default 1; rigorous: 6)"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct scenario scenario;
    struct manifest *manifests;
    struct plan plan;
    struct text out = {0};
    size_t count;
    unsigned trials;

    if (command_read(line, "plan [SCENARIO] [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count > 1) {
        error_input(err, "plan: expected one scenario, found %zu", rest.count);
        return EXIT_USAGE;
    }
    if (profile_line_read(&length, &how.profile, &trials, err) != 0) {
        error_context(err, "plan");
        return EXIT_USAGE;
    }
    how.trial_count = trials;
    if (places_scenario(rest.count == 1 ? rest.items[0] : "catalog", &scenario, err) != 0) {
        return EXIT_FAILED;
    }
    if (places_backends(backends, &manifests, &count, err) == 0) {
        how.backend_count = count;
        plan_make(&plan, &scenario, &how);
        plan_describe(&plan, &scenario, &out);
        command_write(&out, NULL, err);
        text_release(&out);
        plan_release(&plan);
        places_free(manifests, count);
    }
    scenario_release(&scenario);
    return EXIT_FINE;
}
