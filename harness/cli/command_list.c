#include "backends/named_backends.h"
#include "command.h"
#include "opened.h"
#include "places.h"

#include "base/file.h"
#include "base/utf8.h"
#include "bench/service/toolchain.h"

#include <stdlib.h>
#include <string.h>

static void list_scenarios(struct text *out, struct error *err)
{
    char **names;
    if (places_scenarios(&names, err) != 0) {
        return;
    }
    text_add(out, "scenarios\n");
    for (size_t i = 0; names[i] != NULL; i++) {
        struct scenario scenario;
        struct error why = {0};
        if (places_scenario(names[i], NULL, &scenario, &why) != 0) {
            text_format(out, "  %-12s cannot be used: %s\n", names[i], why.message);
        } else {
            text_format(out, "  %-12s %s\n", scenario.name, scenario.why);
            scenario_release(&scenario);
        }
    }
    file_list_free(names);
}

/* " Go, net/http": as far as its manifest tells. */
static void list_stack(const struct manifest *manifest, struct text *out)
{
    if (manifest->language != NULL) {
        text_format(out, " %s", manifest->language);
    }
    if (manifest->framework != NULL) {
        text_format(out, "%s %s", manifest->language != NULL ? "," : "", manifest->framework);
    }
}

static void list_backends(const atomic_bool *stop, struct text *out, struct error *err)
{
    struct manifest *manifests;
    size_t count;

    if (named_backends_all(&manifests, &count, err) != 0) {
        return;
    }
    text_add(out, "backends\n");
    for (size_t i = 0; i < count; i++) {
        struct toolchain toolchain;
        text_format(out, "  %-12s", manifests[i].name);
        list_stack(&manifests[i], out);
        text_add(out, manifests[i].is_default ? "" : "; measured where it is named");
        if (toolchain_check(&toolchain, &manifests[i], stop, err) == 0) {
            const char *problem = toolchain_problem(&toolchain);
            if (problem != NULL) {
                text_format(out, "; cannot be built here: %s", problem);
            }
            toolchain_release(&toolchain);
        }
        text_add(out, "\n");
    }
    named_backends_free(manifests, count);
}

static const char *several(size_t count)
{
    return count == 1 ? "" : "s";
}

/* "catalog, 2026-01-31, standard, 4 trials of 5 services, AMD EPYC with 2 cores, cut short" */
static void describe(struct text *out, const struct opened *opened)
{
    const struct run_record *run = &opened->log.run;
    const char *cpu = run->machine.cpu != NULL ? run->machine.cpu : "an unknown CPU";
    struct text line = {0};

    text_format(&line, "%s, %.10s, %s", opened->findings.scenario.name, run->started,
                profile_name(opened->findings.profile));
    text_format(&line, ", %u trial%s of %zu service%s", run->trials, several(run->trials), opened->log.backend_count,
                several(opened->log.backend_count));
    text_format(&line, ", %s with %u core%s", cpu, run->machine.cores, several(run->machine.cores));
    text_add(&line, run_log_complete(&opened->log) ? "" : ", cut short");
    utf8_plain(out, line.data);
    text_release(&line);
}

static void list_result(const char *path, struct text *out)
{
    struct opened opened;
    struct error why = {0};

    text_format(out, "  %s  ", path);
    if (opened_read(&opened, path, &(struct opened_options){0}, &why) == 0) {
        describe(out, &opened);
        opened_release(&opened);
    } else {
        text_format(out, "cannot be used: %s", why.message);
    }
    text_add(out, "\n");
}

static void list_results(const char *folder, struct text *out)
{
    char **names;

    if (file_list(folder, &names, NULL) != 0) {
        return;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        char *path = file_join(folder, names[i]);
        if (places_is_run(path)) {
            list_result(path, out);
        }
        free(path);
    }
    file_list_free(names);
}

int command_list(const struct command_line *line, struct error *err)
{
    const struct option options[] = {
        ARGUMENTS_EXAMPLE("list", "scenarios, services and runs of this folder"),
        ARGUMENTS_EXAMPLE("list | grep 'cut short'", "runs that bench --resume can go on with"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct text out = {0};

    if (command_read(line, "list", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    list_scenarios(&out, err);
    list_backends(line->stop, &out, err);
    text_add(&out, "results\n");
    list_results("results", &out);
    list_results("results/shared", &out);
    command_write(&out, NULL, err);
    text_release(&out);
    return EXIT_FINE;
}
