#include "command.h"
#include "places.h"

#include "plan/plan.h"

#include <stdbool.h>

int command_plan(const struct command_line *line, struct error *err)
{
    uint64_t trials = 1;
    bool quick = false;
    const char *backends = NULL;
    const struct option options[] = {
        {"backends", OPTION_TEXT, &backends, "LIST", "such as go,rust (default: all)"},
        {"trials", OPTION_COUNT, &trials, "N", "climbs of each backend (default 1)"},
        {"quick", OPTION_FLAG, &quick, NULL, "steps of a quarter of the time"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct scenario scenario;
    struct manifest *manifests;
    struct plan plan;
    struct text out = {0};
    size_t count;
    int helped;

    if (command_read(line, "plan [SCENARIO] [options]", options, &rest, &helped, err) != 0 || helped) {
        return EXIT_FINE;
    }
    if (rest.count > 1) {
        error_input(err, "plan: expected one scenario, found %zu", rest.count);
        return EXIT_USAGE;
    }
    if (places_scenario(rest.count == 1 ? rest.items[0] : "catalog", &scenario, err) != 0) {
        return EXIT_FAILED;
    }
    if (places_backends(backends, &manifests, &count, err) == 0) {
        plan_make(&plan, &scenario,
                  &(struct plan_options){.backend_count = count, .trial_count = trials, .quick = quick});
        plan_describe(&plan, &scenario, &out);
        command_write(&out, NULL, err);
        text_release(&out);
        plan_release(&plan);
        places_free(manifests, count);
    }
    scenario_release(&scenario);
    return EXIT_FINE;
}
