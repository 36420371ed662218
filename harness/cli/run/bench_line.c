#include "run/bench_line.h"

#include "base/core_set.h"

#include <string.h>

/* Takes from the resumed run what the command line does not say. Where it says something else, the bench refuses that
 * by name. */
static int take_over(struct bench_line *line, struct error *err)
{
    struct profile_line *length = &line->length;
    struct run_log *begun = &line->begun;
    struct core_set cores;

    if (line->resume == NULL) {
        return 0;
    }
    if (line->out != NULL) {
        return error_input(err, "bench: --resume goes on in the run's own file; leave --out away");
    }
    if (run_log_read_outline(begun, line->resume, err) != 0) {
        return error_context(err, "bench: --resume");
    }
    if (line->scenarios.count == 0) {
        line->scenarios.items[line->scenarios.count++] = begun->run.scenario_name;
    }
    if (length->name == NULL && !length->quick) {
        length->name = begun->run.profile;
    }
    if (length->trials == 0) {
        length->trials = begun->run.trials;
    }
    if (line->backends == NULL) {
        line->backends = begun->run.backends;
    }
    if (line->cores == 0 && core_set_read(&cores, begun->run.generator_cores, err) == 0) {
        line->cores = core_set_count(&cores);
    }
    return 0;
}

static int check(struct bench_line *line, struct error *err)
{
    const struct arguments_list *names = &line->scenarios;
    bool several = names->count > 1 || (names->count == 1 && strcmp(names->items[0], "all") == 0);

    if (several && (line->out != NULL || line->resume != NULL)) {
        return error_input(err, "bench: several scenarios leave a file each; --out and --resume take one scenario");
    }
    if (profile_line_read(&line->length, &line->profile, &line->trials, err) != 0) {
        return error_context(err, "bench");
    }
    if (line->cores > 1024) {
        return error_input(err, "bench: --cores: expected 1 to 1024");
    }
    return 0;
}

int bench_line_read(struct bench_line *line, const struct command_line *command, struct error *err)
{
    *line = (struct bench_line){0};
    const struct option options[] = {
        {"backends", OPTION_TEXT, &line->backends, "LIST", "such as go,rust (default: all)"},
        {"profile", OPTION_TEXT, &line->length.name, "NAME",
         "quick: a look; standard: the default; rigorous: for a claim"},
        {"quick", OPTION_FLAG, &line->length.quick, NULL, "short for --profile quick: steps of a quarter of the time"},
        {"trials", OPTION_COUNT, &line->length.trials, "N",
         "climbs of each backend, interleaved (default 1; rigorous: 6)"},
        {"cores", OPTION_COUNT, &line->cores, "N", "cores for the generator (default 1); the service gets the rest"},
        {"out", OPTION_TEXT, &line->out, "FILE", "the run log, a new file (default: results/SCENARIO-TIME.jsonl)"},
        {"allow-remote", OPTION_FLAG, &line->allow_remote, NULL,
         "the database of DATABASE_URL may be on another machine"},
        {"resume", OPTION_TEXT, &line->resume, "FILE", "go on with a run that was cut short, as it was begun"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };

    int result = command_read(command, "bench [SCENARIO…|all] [options]", options, &line->scenarios, err);
    if (result != 0) {
        return result;
    }
    line->named = line->backends != NULL;
    if (take_over(line, err) != 0) {
        return -1;
    }
    if (line->scenarios.count == 0) {
        line->scenarios.items[line->scenarios.count++] = "catalog";
    }
    return check(line, err);
}

void bench_line_release(struct bench_line *line)
{
    run_log_release(&line->begun);
}
