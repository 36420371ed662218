#include "command.h"
#include "places.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/cores.h"
#include "bench/dependency/dependencies.h"
#include "bench/run.h"
#include "bench/service/admission.h"
#include "bench/service/prepare.h"

#include <stdbool.h>
#include <stdio.h>

#define IDLE_NS (6 * CLOCK_SECOND_NS)

/* An upstream that fails often enough to see how a backend handles it. */
static const struct needs needs_upstream = {.upstream = true,
                                            .upstream_delay_ns = 2 * CLOCK_MILLISECOND_NS,
                                            .upstream_failure_share = 0.1};
static const struct needs needs_both = {.upstream = true,
                                        .upstream_delay_ns = 2 * CLOCK_MILLISECOND_NS,
                                        .upstream_failure_share = 0.1,
                                        .database = true};

static void say(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "%s\n", line);
}

struct verify_line {
    struct cores cores;
    struct dependencies dependencies;
    struct progress progress;
    uint64_t seed;
    bool allow_remote;
    const atomic_bool *stop;
};

/* 1 when its responses differ or it cannot be verified, 0 when they are right; -1 with an error when stopped. */
static int verify_one(struct verify_line *line, const struct manifest *manifest, struct text *out, struct error *err)
{
    struct backend_record built = {0};
    struct verify_result result;
    struct error why = {0};
    struct run run = {.cores = &line->cores,
                      .dependencies = &line->dependencies,
                      .progress = &line->progress,
                      .stop = line->stop};
    struct admission_options admission = {.run = &run, .manifest = manifest, .seed = line->seed, .idle_ns = IDLE_NS};
    int status = 1;

    if (prepare_build(&run, manifest, &built, err) != 0) {
        status = -1;
    } else if (built.skipped != NULL) {
        text_format(out, "%s: cannot be verified: %s\n", manifest->name, built.skipped);
    } else if (admission_check(&admission, &result, &why) != 0) {
        text_format(out, "%s: cannot be verified: %s\n", manifest->name, why.message);
        if (why.kind == ERROR_STOPPED) {
            status = error_stopped(err);
        }
    } else {
        text_format(out, "%s: ", manifest->name);
        verify_result_write(&result, out);
        status = !verify_result_is_good(&result);
        verify_result_release(&result);
    }
    backend_record_release(&built);
    return status;
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

/* Where there is no database, the orders are not tried, and a line says so. */
static int start_dependencies(struct verify_line *line, struct error *err)
{
    struct error why = {0};
    struct dependencies_options options = {.needs = &needs_both,
                                           .cores = &line->cores.split.service,
                                           .service_cores = core_set_count(&line->cores.split.service),
                                           .seed = line->seed,
                                           .allow_remote = line->allow_remote,
                                           .stop = line->stop};

    if (dependencies_start(&line->dependencies, &options, &why) == 0) {
        return 0;
    }
    if (why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    if (why.kind == ERROR_INPUT) {
        return error_input(err, "verify: %s", why.message);
    }
    fprintf(stderr, "orders are not tried: %s\n", why.message);
    options.needs = &needs_upstream;
    return dependencies_start(&line->dependencies, &options, err);
}

static int verify_with_dependencies(struct verify_line *line, const struct manifest *manifests, size_t count,
                                    struct error *err)
{
    if (start_dependencies(line, err) != 0) {
        return EXIT_FAILED;
    }
    int status = verify_all(line, manifests, count, err);
    dependencies_stop(&line->dependencies);
    return status;
}

int command_verify(const struct command_line *command, struct error *err)
{
    struct verify_line line = {.seed = 1, .progress = {.say = say}, .stop = command->stop};
    const struct option options[] = {
        {"seed", OPTION_NUMBER, &line.seed, "N", "of the random requests (default 1)"},
        {"allow-remote", OPTION_FLAG, &line.allow_remote, NULL,
         "the database of DATABASE_URL may be on another machine"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct manifest *manifests;
    struct text wanted = {0};
    size_t count;
    int status = EXIT_FAILED;

    if (command_read(command, "verify [BACKEND…] [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    for (size_t i = 0; i < rest.count; i++) {
        text_format(&wanted, "%s%s", i > 0 ? "," : "", rest.items[i]);
    }
    if (places_backends(wanted.data, &manifests, &count, err) == 0) {
        if (cores_init(&line.cores, 1, err) == 0) {
            status = verify_with_dependencies(&line, manifests, count, err);
            cores_release(&line.cores);
        }
        places_free(manifests, count);
    }
    text_release(&wanted);
    return status;
}
