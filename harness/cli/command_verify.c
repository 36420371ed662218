#include "backends/named_backends.h"
#include "command.h"
#include "places.h"

#include "base/clock.h"
#include "base/file.h"
#include "bench/cores.h"
#include "bench/dependency/dependencies.h"
#include "bench/run.h"
#include "bench/service/admission.h"
#include "bench/service/prepare.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define IDLE_NS (6 * CLOCK_SECOND_NS)

/* An upstream that fails often enough to see how a backend handles it. */
#define SAMPLE_DELAY_NS (2 * CLOCK_MILLISECOND_NS)
#define SAMPLE_FAILURES 0.1

/* A table that is added up in milliseconds. */
#define SAMPLE_TABLE_ROWS 20000

static void say(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "%s\n", line);
}

struct verify_line {
    struct cores cores;
    struct dependencies dependencies;
    struct progress progress;
    struct scenario scenario; /* where it was named */
    const char *scenario_name;
    uint64_t seed;
    bool allow_remote;
    const atomic_bool *stop;
};

static void judge(const struct manifest *manifest, const struct admission *admission, struct text *out, int *ret_status)
{
    text_format(out, "%s: ", manifest->name);
    admission_write(admission, out);
    *ret_status = !admission_is_good(admission);
}

/* 1 when its responses differ or it cannot be verified, 0 when they are right; -1 with an error when stopped. */
static int verify_built(struct verify_line *line, const struct manifest *manifest, struct text *out, struct error *err)
{
    struct run run = {.scenario = line->scenario_name != NULL ? &line->scenario : NULL,
                      .cores = &line->cores,
                      .dependencies = &line->dependencies,
                      .progress = &line->progress,
                      .stop = line->stop};
    struct admission_options options = {.run = &run, .manifest = manifest, .seed = line->seed, .idle_ns = IDLE_NS};
    struct backend_record built = {0};
    struct admission admission;
    struct error why = {0};
    int status = 1;

    if (prepare_build(&run, manifest, &built, err) != 0) {
        status = -1;
    } else if (built.skipped != NULL) {
        text_format(out, "%s: cannot be verified: %s\n", manifest->name, built.skipped);
    } else if (admission_check(&options, &admission, &why) == 0) {
        judge(manifest, &admission, out, &status);
        admission_release(&admission);
    } else if (why.kind == ERROR_STOPPED) {
        status = error_stopped(err);
    } else {
        text_format(out, "%s: cannot be verified: %s\n", manifest->name, why.message);
    }
    backend_record_release(&built);
    return status;
}

static int verify_one(struct verify_line *line, const struct manifest *manifest, struct text *out, struct error *err)
{
    if (manifest->wrong != NULL) {
        text_format(out, "%s: cannot be verified: %s\n", manifest->name, manifest->wrong);
        return 1;
    }
    return verify_built(line, manifest, out, err);
}

static int verify_all(struct verify_line *line, const struct manifest *manifests, size_t count, struct error *err)
{
    int differ = 0;
    for (size_t i = 0; i < count; i++) {
        struct text out = {0};
        int status = verify_one(line, &manifests[i], &out, err);
        if (out.length > 0) {
            command_write(&out, NULL, err);
        }
        text_release(&out);
        if (status < 0) {
            return EXIT_FAILED;
        }
        differ += status;
    }
    return differ > 0 ? EXIT_FAILED : EXIT_FINE;
}

/* ---- what the services need ---- */

static bool lists(const struct manifest *manifest, const char *operation)
{
    for (char *const *at = manifest->operations; at != NULL && *at != NULL; at++) {
        if (strcmp(*at, operation) == 0) {
            return true;
        }
    }
    return false;
}

/* What the scenario needs, and what the operations of the sample API need that one of the services lists. */
static void add_needs(struct needs *needs, const struct manifest *manifest)
{
    if (lists(manifest, "fanOut") && !needs->upstream) {
        needs->upstream = true;
        needs->upstream_delay_ns = SAMPLE_DELAY_NS;
        needs->upstream_failure_share = SAMPLE_FAILURES;
    }
    if (lists(manifest, "makeReport") && needs->table_rows == 0) {
        needs->table_rows = SAMPLE_TABLE_ROWS;
    }
    needs->database = needs->database || lists(manifest, "placeOrder") || lists(manifest, "getOrder");
    needs->model = needs->model || lists(manifest, "scoreRows");
    needs->accounts = needs->accounts || lists(manifest, "logIn") || lists(manifest, "getMemberItem");
}

static struct needs needs_of(const struct verify_line *line, const struct manifest *manifests, size_t count)
{
    struct needs needs = {0};

    if (line->scenario_name != NULL) {
        needs = line->scenario.needs;
    }
    for (size_t i = 0; i < count; i++) {
        add_needs(&needs, &manifests[i]);
    }
    return needs;
}

/* Where there is no database, the orders are not tried, and a line says so. */
static int start_dependencies(struct verify_line *line, struct needs *needs, struct error *err)
{
    struct error why = {0};
    struct dependencies_options options = {.needs = needs,
                                           .cores = &line->cores.split.service,
                                           .service_cores = core_set_count(&line->cores.split.service),
                                           .seed = line->seed,
                                           .allow_remote = line->allow_remote,
                                           .stop = line->stop};

    if (!needs_anything(needs)) {
        return 0;
    }
    if (dependencies_start(&line->dependencies, &options, &why) == 0) {
        return 0;
    }
    if (why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    if (why.kind == ERROR_INPUT) {
        return error_input(err, "verify: %s", why.message);
    }
    if (!needs->database) {
        return error_failed(err, "%s", why.message);
    }
    fprintf(stderr, "orders are not tried: %s\n", why.message);
    needs->database = false;
    return dependencies_start(&line->dependencies, &options, err);
}

static int verify_with_dependencies(struct verify_line *line, const struct manifest *manifests, size_t count,
                                    struct error *err)
{
    struct needs needs = needs_of(line, manifests, count);

    if (start_dependencies(line, &needs, err) != 0) {
        return EXIT_FAILED;
    }
    int status = verify_all(line, manifests, count, err);
    dependencies_stop(&line->dependencies);
    return status;
}

static int verify_named(struct verify_line *line, const struct arguments_list *named, struct error *err)
{
    char **words = named_backends_words(named->items, named->count);
    struct manifest *manifests;
    size_t count;
    int status = EXIT_FAILED;

    if (named_backends_read(words, &manifests, &count, err) == 0) {
        if (cores_init(&line->cores, 1, err) == 0) {
            status = verify_with_dependencies(line, manifests, count, err);
            cores_release(&line->cores);
        }
        named_backends_free(manifests, count);
    }
    file_list_free(words);
    return status;
}

int command_verify(const struct command_line *command, struct error *err)
{
    struct verify_line line = {.seed = 1, .progress = {.say = say}, .stop = command->stop};
    const struct option options[] = {
        {"scenario", OPTION_TEXT, &line.scenario_name, "NAME",
         "send each of its requests once to services without a contract and a verifier"},
        {"seed", OPTION_NUMBER, &line.seed, "N", "of the random requests (default 1)"},
        {"allow-remote", OPTION_FLAG, &line.allow_remote, NULL,
         "the database of DATABASE_URL may be on another machine"},
        ARGUMENTS_EXAMPLE("verify go", "the contract, with random requests"),
        ARGUMENTS_EXAMPLE("verify ./my-service --scenario catalog",
                          "each request of a scenario once, where there is no contract"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    if (command_read(command, "verify [BACKEND|FOLDER…] [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (line.scenario_name != NULL && places_ready_scenario(line.scenario_name, NULL, &line.scenario, err) != 0) {
        return EXIT_FAILED;
    }
    int status = verify_named(&line, &rest, err);
    if (line.scenario_name != NULL) {
        scenario_release(&line.scenario);
    }
    return status;
}
