#include "bench/service/owning/said.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "bench/service/owning/ownership.h"
#include "host/process/process.h"

#include <stdlib.h>
#include <string.h>

#define ASK_TIMEOUT_NS (60 * CLOCK_SECOND_NS)

/* The lines that it prints, without empty ones, NULL-terminated, for file_list_free. */
static int ask(const struct run *run, const struct manifest *manifest, const struct command *command, char ***ret_lines,
               struct error *err)
{
    struct process_options options = {
        .child = {.argv = command->argv,
                  .folder = manifest->folder,
                  .environment = {.purpose = ENVIRONMENT_BUILD, .named = manifest->environment}},
        .timeout_ns = ASK_TIMEOUT_NS,
        .stop = run->stop,
    };
    struct process_result result;
    char **lines = NULL;
    size_t count = 0;
    int status = 0;

    if (process_run(&options, &result, err) != 0) {
        return -1;
    }
    if (!process_succeeded(&result)) {
        status = error_failed(err, "what it costs to own is not known: %s says: %s", command->argv[0], result.output);
    }
    for (char *rest = NULL, *line = strtok_r(result.output, "\n", &rest); line != NULL && status == 0;
         line = strtok_r(NULL, "\n", &rest)) {
        *list_add(lines, count) = mem_string(line);
    }
    *list_add(lines, count) = NULL;
    process_result_release(&result);
    if (status == 0) {
        *ret_lines = lines;
    } else {
        file_list_free(lines);
    }
    return status;
}

int said_bytes(const struct run *run, const struct manifest *manifest, uint64_t *ret_bytes, struct error *err)
{
    char **paths;

    if (manifest->runtime.argv == NULL) {
        return 0;
    }
    if (ask(run, manifest, &manifest->runtime, &paths, err) != 0) {
        return -1;
    }
    int result = ownership_bytes("", paths, ret_bytes, err) /* they are absolute */;
    file_list_free(paths);
    return result;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int said_count(const struct run *run, const struct manifest *manifest, uint64_t *ret_count, struct error *err)
{
    char **lines;
    size_t count = 0;
    uint64_t different = 0;

    if (manifest->dependencies.argv == NULL) {
        return 0;
    }
    if (ask(run, manifest, &manifest->dependencies, &lines, err) != 0) {
        return -1;
    }
    while (lines[count] != NULL) {
        count++;
    }
    qsort((void *)lines, count, sizeof *lines, by_text);
    for (size_t i = 0; i < count; i++) {
        different += i == 0 || strcmp(lines[i - 1], lines[i]) != 0;
    }
    *ret_count = different;
    file_list_free(lines);
    return 0;
}
