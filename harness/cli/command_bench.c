#include "backends/named_backends.h"
#include "command.h"
#include "gate/gate_line.h"
#include "live/live_page.h"
#include "output.h"
#include "places.h"
#include "run/bench_line.h"
#include "run/ending.h"
#include "run/watch_line.h"
#include "screen.h"
#include "version/version_text.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "bench/bench.h"
#include "fleet/ranks.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the command works with. */
struct bench_session {
    const struct bench_line *line;
    const atomic_bool *stop;
    char *built;                 /* what the program is made of, for the run logs */
    bool not_valid;              /* a service that was asked for lacks a result, or its result does not count */
    enum condition_outcome gate; /* the worst that a --fail-if comes to, over all scenarios */
    struct ranks *ranks;         /* of a fleet; NULL: there is none */
    bool alone;                  /* its ranks cannot wait for each other at the end */
    bool failed;                 /* it did, and another rank tells of it */
};

/* What is said of a run when it has ended. The first cause of its end stays in `err`. */
static void tell(struct bench_session *session, const char *scenario, const struct bench_outcome *outcome, int result,
                 struct error *err)
{
    const struct output_options asked = {.fail_if = &session->line->fail_if, .junit = session->line->junit};
    struct output_validity validity = {.valid = true};

    if (result == 0 && outcome->measured > 0) {
        ending_whole(outcome->file, &asked, &validity, err);
        session->gate = validity.gate > session->gate ? validity.gate : session->gate;
        session->not_valid = session->not_valid || !validity.valid || (session->line->named && validity.left_out);
        return;
    }
    if (outcome->measured == 0) {
        error_failed(err, "no service could be measured; the lines above say why");
    }
    if (result != 0) {
        ending_cut_short(outcome->file, scenario);
    }
}

/* What another rank of the fleet tells is not told twice: how the run ended, and that it was refused or stopped. */
static void keep_quiet(struct bench_session *session, int result, struct error *err)
{
    session->failed = session->failed || result != 0;
    if (err->kind != ERROR_FAILED) {
        *err = (struct error){0};
    }
}

static bool is_first(const struct bench_session *session)
{
    return session->ranks == NULL || ranks_own(session->ranks) == 0;
}

/* Runs one scenario to its end and reports it; what the options leave out is completed. *ret_out is the name of the run
 * log, on the heap; NULL when the run did not come to its end. */
static int run(struct bench_session *session, const char *scenario, const struct bench_options *stated, char **ret_out,
               struct error *err)
{
    struct bench_options options = *stated;
    struct screen screen;
    struct progress progress;
    struct live_page page;
    struct manifest reference;
    struct bench_outcome outcome;
    const struct bench_line *line = session->line;
    const char *given = line->resume != NULL ? line->resume : line->out;
    char *out = given != NULL ? mem_string(given) : places_new_result(options.scenario->name);
    bool has_reference = places_reference(&reference) == 0;

    screen_init(&screen, &options.scenario->traffic, &progress);
    command_raise_file_descriptors();
    if (has_reference) {
        options.reference = &reference;
    }
    options.out = out;
    options.numbered = given == NULL;
    live_page_start(&page, &progress, out, line->serve);
    options.progress = &page.progress;
    int result = bench_run(&options, &outcome, err);
    screen_release(&screen);
    session->alone = outcome.alone;
    if (outcome.silent) {
        keep_quiet(session, result, err);
    } else {
        tell(session, scenario, &outcome, result, err);
    }
    live_page_finish(&page, outcome.file);
    if (has_reference) {
        manifest_release(&reference);
    }
    free(out);
    if (err->kind != ERROR_NONE) {
        free(outcome.file);
        return -1;
    }
    *ret_out = outcome.file;
    return 0;
}

/* Those of a resumed run, unless others are named. */
static int read_watches(const struct bench_line *line, struct service_list *services, struct error *err)
{
    bool resumed = line->resume != NULL && line->watches.count == 0;
    int result =
        resumed ? watch_line_take_over(&line->begun, services, err) : watch_line_read(&line->watches, services, err);

    return result == 0 ? watch_line_try(services, err) : -1;
}

/* The backends, unless only targets are to be measured, and the targets. */
static int read_services(const struct bench_line *line, struct service_list *ret_services, struct error *err)
{
    struct service_list services = {0};
    struct manifest *backends = NULL;
    size_t count = 0;
    bool only_targets = line->backends == NULL && line->targets.urls.count > 0;

    if (!only_targets && named_backends_read(line->backends, &backends, &count, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        *list_add(services.items, services.count) = backends[i];
    }
    free(backends);
    if (target_line_read(&line->targets, &services, err) != 0 || read_watches(line, &services, err) != 0) {
        named_backends_free(services.items, services.count);
        return -1;
    }
    *ret_services = services;
    return 0;
}

/* `name` is NULL where the targets' URLs say what is asked for. */
static int read_scenario(const struct bench_line *line, const char *name, const struct service_list *services,
                         struct scenario *ret_scenario, struct error *err)
{
    struct scenario scenario;

    if (name == NULL) {
        return target_line_scenario(services, &line->overrides, ret_scenario, err);
    }
    if (places_ready_scenario(name, &line->overrides, &scenario, err) != 0) {
        return -1;
    }
    if (target_line_check(services, &scenario, err) != 0) {
        scenario_release(&scenario);
        return -1;
    }
    *ret_scenario = scenario;
    return 0;
}

/* Every rank has a wall clock of its own, by which its messages would be due. */
static int check_fleet(const struct bench_session *session, const struct scenario *scenario, struct error *err)
{
    if (session->ranks == NULL || scenario->doubling != DOUBLING_SUBSCRIBERS) {
        return 0;
    }
    return error_input(err,
                       "the scenario %s measures the lag of messages by the wall clock, which differs from machine to "
                       "machine: it is not for a fleet; run it in one process on the machine of the service",
                       scenario->name);
}

/* Before anything is measured. */
static int check_junit(const struct bench_session *session, struct error *err)
{
    const struct destination junit = {"--junit", session->line->junit};

    return junit.file == NULL || !is_first(session) ? 0 : command_check_destination(&junit, err);
}

static int run_one(struct bench_session *session, const char *name, char **ret_out, struct error *err)
{
    const struct bench_line *line = session->line;
    struct scenario scenario;
    struct service_list services;
    struct bench_options options = {.scenario = &scenario,
                                    .boxes = line->boxes,
                                    .trials = line->trials,
                                    .profile = line->profile,
                                    .generator_cores = (unsigned)line->cores,
                                    .resume = line->resume != NULL,
                                    .shared = line->share,
                                    .allow_remote = line->allow_remote,
                                    .built = session->built,
                                    .profile_break = line->profile_break,
                                    .stop = session->stop,
                                    .ranks = session->ranks,
                                    .service_on = line->service_on};
    int result = -1;

    if (check_junit(session, err) != 0 || read_services(line, &services, err) != 0) {
        return -1;
    }
    if (read_scenario(line, name, &services, &scenario, err) == 0) {
        options.backends = services.items;
        options.backend_count = services.count;
        if (is_first(session)) {
            target_line_tell_remote(&services, &scenario);
        }
        result = check_fleet(session, &scenario, err) == 0 ? run(session, name, &options, ret_out, err) : -1;
        scenario_release(&scenario);
    }
    named_backends_free(services.items, services.count);
    return result;
}

/* Those to be run one after the other. */
struct scenario_names {
    const char **items;
    size_t count;
    bool asked_for; /* by their names */
};

/* All are read before the first is run, so that a mistake in the last does not cost the time of the others. Where they
 * were not asked for, those that are wrong are left out, and the names are then those of the others. */
static int check_all(const struct bench_line *line, struct scenario_names *names, struct error *err)
{
    struct error first = {0};
    size_t kept = 0;

    for (size_t i = 0; i < names->count; i++) {
        struct scenario scenario;
        struct error why = {0};
        if (places_ready_scenario(names->items[i], &line->overrides, &scenario, &why) == 0) {
            scenario_release(&scenario);
            names->items[kept++] = names->items[i];
            continue;
        }
        if (names->asked_for) {
            *err = why;
            return -1;
        }
        fprintf(stderr, "twofold: scenario %s is left out: %s\n", names->items[i], why.message);
        first = first.kind == ERROR_NONE ? why : first;
    }
    names->count = kept;
    *err = first;
    return 0;
}

/* Runs one scenario after another, then writes one table of all that were measured. A scenario that cannot be run is
 * reported and skipped, and gives the exit status. */
static int run_several(struct bench_session *session, struct scenario_names *names, struct error *err)
{
    char **outs = mem_new(names->count, sizeof *outs);
    size_t measured = 0;

    if (check_all(session->line, names, err) != 0) {
        free(outs);
        return -1;
    }
    for (size_t i = 0; i < names->count && !atomic_load(session->stop); i++) {
        const char *name = names->items[i];
        struct error why = {0};
        if (is_first(session)) {
            fprintf(stderr, "\ntwofold: scenario %s, %zu of %zu\n", name, i + 1, names->count);
        }
        if (run_one(session, name, &outs[measured], &why) == 0) {
            measured += outs[measured] != NULL;
            continue;
        }
        fprintf(stderr, "twofold: %s: %s\n", name, why.message);
        if (err->kind == ERROR_NONE) {
            *err = why;
        }
    }
    if (measured > 0) {
        struct error own = {0};
        output_overview((const char *const *)outs, measured, &(struct output_options){0}, &own);
        if (err->kind == ERROR_NONE) {
            *err = own;
        }
    }
    for (size_t i = 0; i < measured; i++) {
        free(outs[i]);
    }
    free(outs);
    if (err->kind != ERROR_NONE) {
        return -1;
    }
    return 0;
}

static int run_all(struct bench_session *session, struct error *err)
{
    char **names;
    size_t count = 0;

    if (places_scenarios(&names, err) != 0) {
        return -1;
    }
    while (names[count] != NULL) {
        count++;
    }
    struct scenario_names present = {.items = mem_new(count, sizeof *present.items), .count = count};
    memcpy(present.items, names, count * sizeof *present.items);
    int result = run_several(session, &present, err);
    free(present.items);
    file_list_free(names);
    return result;
}

static int run_named(struct bench_session *session, struct scenario_names *names, struct error *err)
{
    char *out = NULL;

    if (names->count == 1 && strcmp(names->items[0], "all") == 0) {
        return run_all(session, err);
    }
    if (names->count > 1) {
        return run_several(session, names, err);
    }
    int result = run_one(session, names->count == 1 ? names->items[0] : NULL, &out, err);
    free(out);
    return result;
}

int command_bench(const struct command_line *command, struct error *err)
{
    struct bench_line line;
    struct bench_session session = {.line = &line, .stop = command->stop};

    if (bench_line_read(&line, command, err) == 0 && ranks_begin(&session.ranks, err) == 0) {
        struct scenario_names names = {line.scenarios.items, line.scenarios.count, true};
        session.built = version_text_line();
        session.alone = true; /* until the bench says otherwise: what fails before it may fail here alone */
        run_named(&session, &names, err);
        ranks_end(session.ranks, !session.alone);
        free(session.built);
    }
    bench_line_release(&line);
    /* Where the ranks wait for each other, the status that the launcher gives on is that of rank 0. */
    if (err->kind != ERROR_NONE || (session.failed && session.alone)) {
        return EXIT_FAILED;
    }
    if (session.not_valid) {
        fprintf(stderr,
                "twofold: not valid: a service was left out or did not start, none of its steps is valid, or its "
                "responses were not all checked or are wrong; the warnings of the report say which\n");
        return session.gate == CONDITION_HELD ? EXIT_HELD : EXIT_NOT_VALID;
    }
    return gate_line_status(session.gate);
}
