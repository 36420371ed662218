#include "command.h"
#include "places.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/contract.h"
#include "bench/cores.h"
#include "bench/prepare.h"

#include <stdbool.h>
#include <stdio.h>

#define IDLE_NS (6 * CLOCK_SECOND_NS)

static void say(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "%s\n", line);
}

struct verify_line {
    struct cores cores;
    struct progress progress;
    uint64_t seed;
    const atomic_bool *stop;
};

/* 1 when it differs or cannot be held to the contract, 0 when it answers as it should. -1 with an error when stopped.
 */
static int verify_one(struct verify_line *line, const struct manifest *manifest, struct text *out, struct error *err)
{
    struct backend_record built = {0};
    struct verify_result result;
    struct error why = {0};
    struct prepare_options prepare = {.manifest = manifest,
                                      .cores = &line->cores.split.service,
                                      .progress = &line->progress,
                                      .stop = line->stop};
    struct contract_options contract = {.manifest = manifest,
                                        .cores = &line->cores.split.service,
                                        .seed = line->seed,
                                        .idle_ns = IDLE_NS,
                                        .stop = line->stop};
    int status = 1;

    if (prepare_build(&prepare, &built, err) != 0) {
        status = -1;
    } else if (built.skipped != NULL) {
        text_format(out, "%s: cannot be verified: %s\n", manifest->name, built.skipped);
    } else if (contract_check(&contract, &result, &why) != 0) {
        text_format(out, "%s: cannot be verified: %s\n", manifest->name, why.message);
        status = why.kind == ERROR_STOPPED ? error_stopped(err) : 1;
    } else {
        text_format(out, "%s: ", manifest->name);
        verify_result_write(&result, out);
        status = result.difference_count > 0;
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

int command_verify(const struct command_line *command, struct error *err)
{
    struct verify_line line = {.seed = 1, .progress = {.say = say}, .stop = command->stop};
    const struct option options[] = {
        {"seed", OPTION_COUNT, &line.seed, "N", "of the random requests (default 1)"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct manifest *manifests;
    struct text wanted = {0};
    size_t count;
    int helped, status = EXIT_FAILED;

    if (command_read(command, "verify [BACKEND…] [options]", options, &rest, &helped, err) != 0 || helped) {
        return EXIT_FINE;
    }
    for (size_t i = 0; i < rest.count; i++) {
        text_format(&wanted, "%s%s", i > 0 ? "," : "", rest.items[i]);
    }
    if (places_backends(wanted.data, &manifests, &count, err) == 0) {
        if (cores_init(&line.cores, 1, err) == 0) {
            status = verify_all(&line, manifests, count, err);
            cores_release(&line.cores);
        }
        places_free(manifests, count);
    }
    text_release(&wanted);
    return status;
}
