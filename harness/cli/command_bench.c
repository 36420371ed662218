#include "command.h"
#include "output.h"
#include "places.h"
#include "profile_line.h"
#include "screen.h"

#include "base/mem.h"
#include "bench/bench.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct bench_line {
    struct profile_line length;
    enum profile profile;
    unsigned trials;
    uint64_t cores;
    const char *backends, *out;
    const atomic_bool *stop;
};

static int run(const struct bench_line *line, const struct scenario *scenario, const struct manifest *backends,
               size_t count, struct error *err)
{
    struct screen screen;
    struct progress progress;
    struct manifest reference;
    size_t measured = 0;
    char *out = line->out != NULL ? mem_string(line->out) : places_new_result(scenario->name);
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
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct scenario scenario;
    struct manifest *backends;
    size_t count;
    int helped, status = EXIT_FAILED;

    if (command_read(command, "bench [SCENARIO] [options]", options, &rest, &helped, err) != 0 || helped) {
        return EXIT_FINE;
    }
    if (check(&line, &rest, err) != 0 ||
        places_scenario(rest.count == 1 ? rest.items[0] : "catalog", &scenario, err) != 0) {
        return EXIT_FAILED;
    }
    if (places_backends(line.backends, &backends, &count, err) == 0) {
        status = run(&line, &scenario, backends, count, err);
        places_free(backends, count);
    }
    scenario_release(&scenario);
    return status;
}
