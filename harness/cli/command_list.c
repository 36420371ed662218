#include "command.h"
#include "places.h"

#include "base/file.h"
#include "host/toolchain.h"

#include <stdlib.h>
#include <string.h>

static void list_scenarios(struct text *out, struct error *err)
{
    char **names;
    text_add(out, "scenarios\n");
    if (file_list("scenarios", &names, err) != 0) {
        return;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        char *dot = strstr(names[i], ".json");
        struct scenario scenario;
        struct error why = {0};
        if (dot == NULL || strstr(names[i], ".schema.json") != NULL) {
            continue;
        }
        *dot = '\0';
        if (places_scenario(names[i], &scenario, &why) != 0) {
            text_format(out, "  %-12s cannot be used: %s\n", names[i], why.message);
        } else {
            text_format(out, "  %-12s %s\n", scenario.name, scenario.why);
            scenario_release(&scenario);
        }
    }
    file_list_free(names);
}

static void list_backends(const atomic_bool *stop, struct text *out, struct error *err)
{
    struct manifest *manifests;
    size_t count;

    text_add(out, "backends\n");
    if (places_backends(NULL, &manifests, &count, err) != 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct toolchain toolchain;
        text_format(out, "  %-12s %s, %s", manifests[i].name, manifests[i].language, manifests[i].framework);
        if (toolchain_check(&toolchain, &manifests[i], stop, err) == 0) {
            const char *problem = toolchain_problem(&toolchain);
            text_format(out, "%s%s", problem != NULL ? "; cannot be built here: " : "", problem != NULL ? problem : "");
            toolchain_release(&toolchain);
        }
        text_add(out, "\n");
    }
    places_free(manifests, count);
}

static void list_results(struct text *out)
{
    char **names;
    text_add(out, "results\n");
    if (file_list("results", &names, NULL) != 0) {
        return;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strstr(names[i], ".jsonl") != NULL) {
            text_format(out, "  results/%s\n", names[i]);
        }
    }
    file_list_free(names);
}

int command_list(const struct command_line *line, struct error *err)
{
    const struct option options[] = {{NULL, OPTION_FLAG, NULL, NULL, NULL}};
    struct arguments_list rest;
    struct text out = {0};
    int helped;

    if (command_read(line, "list", options, &rest, &helped, err) != 0 || helped) {
        return EXIT_FINE;
    }
    list_scenarios(&out, err);
    list_backends(line->stop, &out, err);
    list_results(&out);
    command_write(&out, NULL, err);
    text_release(&out);
    return EXIT_FINE;
}
