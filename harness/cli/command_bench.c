#include "command.h"
#include "output.h"
#include "places.h"
#include "profile_line.h"
#include "screen.h"

#include "base/core_set.h"
#include "base/mem.h"
#include "bench/bench.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct bench_line {
    struct profile_line length;
    enum profile profile;
    unsigned trials;
    uint64_t cores;
    const char *backends, *out, *resume;
    const atomic_bool *stop;
};

static int run(const struct bench_line *line, const struct scenario *scenario, const struct manifest *backends,
               size_t count, struct error *err)
{
    struct screen screen;
    struct progress progress;
    struct manifest reference;
    size_t measured = 0;
    const char *given = line->resume != NULL ? line->resume : line->out;
    char *out = given != NULL ? mem_string(given) : places_new_result(scenario->name);
    bool has_reference = places_reference(&reference) == 0;

    screen_init(&screen, &progress);
    command_raise_descriptors();
    int result = bench_run(&(struct bench_options){.scenario = scenario,
                                                   .backends = backends,
                                                   .backend_count = count,
                                                   .reference = has_reference ? &reference : NULL,
                                                   .trials = line->trials,
                                                   .profile = line->profile,
                                                   .generator_cores = (unsigned)line->cores,
                                                   .out = out,
                                                   .resume = line->resume != NULL,
                                                   .progress = &progress,
                                                   .stop = line->stop},
                           &measured, err);
    if (measured == 0) {
        error_failed(err, "no backend could be measured; the lines above say why");
    } else if (result == 0) {
        output_report(out, &(struct output_options){0}, err);
        fprintf(stderr, "\nThe run is in %s; make this report again with: build/twofold report %s\n", out, out);
    }
    if (has_reference) {
        manifest_release(&reference);
    }
    free(out);
    return err->kind == ERROR_NONE ? EXIT_FINE : EXIT_FAILED;
}

/* What a resumed run was begun with, where the command line says nothing else (which the bench then refuses by name). */
static int take_over(struct bench_line *line, struct run_log *begun, const char **scenario, struct error *err)
{
    struct profile_line *length = &line->length;
    struct core_set cores;

    if (line->out != NULL) {
        return error_input(err, "bench: --resume goes on in the run's own file; leave --out away");
    }
    if (run_log_read(begun, line->resume, err) != 0) {
        return error_context(err, "bench: --resume");
    }
    *scenario = begun->run.scenario_name;
    length->name = length->name == NULL && !length->quick ? begun->run.profile : length->name;
    length->trials = length->trials == 0 ? begun->run.trials : length->trials;
    line->backends = line->backends == NULL ? begun->run.backends : line->backends;
    if (line->cores == 0 && core_set_read(&cores, begun->run.generator_cores, err) == 0) {
        line->cores = core_set_count(&cores);
    }
    return 0;
}

static int check(struct bench_line *line, const struct arguments_list *rest, struct error *err)
{
    if (rest->count > 1) {
        return error_input(err, "bench: expected one scenario, found %zu", rest->count);
    }
    if (profile_line_read(&line->length, &line->profile, &line->trials, err) != 0) {
        return error_context(err, "bench");
    }
    return line->cores > 1024 ? error_input(err, "bench: --cores: expected 1 to 1024") : 0;
}

int command_bench(const struct command_line *command, struct error *err)
{
    struct bench_line line = {.stop = command->stop};
    const struct option options[] = {
        {"backends", OPTION_TEXT, &line.backends, "LIST", "such as go,rust (default: all)"},
        {"profile", OPTION_TEXT, &line.length.name, "NAME",
         "quick: a look; standard: the default; rigorous: for a claim"},
        {"quick", OPTION_FLAG, &line.length.quick, NULL, "short for --profile quick: steps of a quarter of the time"},
        {"trials", OPTION_COUNT, &line.length.trials, "N",
         "climbs of each backend, interleaved (default 1; rigorous: 6)"},
        {"cores", OPTION_COUNT, &line.cores, "N", "cores for the generator (default 1); the service gets the rest"},
        {"out", OPTION_TEXT, &line.out, "FILE", "the run log, a new file (default: results/SCENARIO-TIME.jsonl)"},
        {"resume", OPTION_TEXT, &line.resume, "FILE", "go on with a run that was cut short, as it was begun"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct scenario scenario;
    struct run_log begun = {0};
    struct manifest *backends;
    size_t count;
    int helped, status = EXIT_FAILED;

    if (command_read(command, "bench [SCENARIO] [options]", options, &rest, &helped, err) != 0 || helped) {
        return EXIT_FINE;
    }
    const char *name = "catalog";
    if ((line.resume != NULL && take_over(&line, &begun, &name, err) != 0) || check(&line, &rest, err) != 0 ||
        places_scenario(rest.count == 1 ? rest.items[0] : name, &scenario, err) != 0) {
        run_log_release(&begun);
        return EXIT_FAILED;
    }
    if (places_backends(line.backends, &backends, &count, err) == 0) {
        status = run(&line, &scenario, backends, count, err);
        places_free(backends, count);
    }
    scenario_release(&scenario);
    run_log_release(&begun);
    return status;
}
