#include "bench/service/owning/build_times.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "host/process/process.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUILD_TIMEOUT_NS (30 * 60 * CLOCK_SECOND_NS)
#define COPY_TIMEOUT_NS  (60 * CLOCK_SECOND_NS)

/* What git knows or would add: no outputs of builds. The copy's place is $1. */
static const char copies[] = "git ls-files -z --cached --others --exclude-standard >\"$1.files\" && "
                             "mkdir \"$1\" && tar --null -T \"$1.files\" -cf - | tar -xf - -C \"$1\"";

struct build_place {
    char *folder; /* of everything */
    char *copy;
    char *given[3]; /* variables that keep compilers from finding what they built before */
};

static int make_place(struct build_place *place, struct error *err)
{
    const char *parent = getenv("TMPDIR");

    place->folder = mem_format("%s/twofold-build-XXXXXX", parent != NULL && parent[0] == '/' ? parent : "/tmp");
    if (mkdtemp(place->folder) == NULL) {
        error_failed(err, "%s: cannot be made: %s", place->folder, strerror(errno));
        free(place->folder);
        return -1;
    }
    place->copy = file_join(place->folder, "copy");
    place->given[0] = mem_format("GOCACHE=%s/go", place->folder);
    place->given[1] = mem_string("CCACHE_DISABLE=1");
    place->given[2] = NULL;
    return 0;
}

static int run(const struct run *run, const struct process_options *options, uint64_t *ret_took_ns, struct error *err)
{
    struct process_options own = *options;
    struct process_result result;

    own.stop = run->stop;
    if (process_run(&own, &result, err) != 0) {
        return -1;
    }
    int status = 0;
    if (!process_succeeded(&result)) {
        struct text how = {0};
        process_describe(&result, &how);
        status = error_failed(err, "%s %s: %s", own.child.argv[0], how.data, result.output);
        text_release(&how);
    }
    *ret_took_ns += result.took_ns;
    process_result_release(&result);
    return status;
}

static void remove_place(struct build_place *place)
{
    char *argv[] = {"rm", "-rf", place->folder, NULL};
    struct process_options options = {.child = {.argv = argv}, .timeout_ns = COPY_TIMEOUT_NS};
    struct process_result result;

    if (process_run(&options, &result, NULL) == 0) {
        process_result_release(&result);
    }
    for (size_t i = 0; place->given[i] != NULL; i++) {
        free(place->given[i]);
    }
    free(place->copy);
    free(place->folder);
}

static int copy(const struct run *run_of, const struct manifest *manifest, const struct build_place *place,
                struct error *err)
{
    char *argv[] = {"sh", "-c", (char *)copies, "sh", place->copy, NULL};
    struct process_options options = {.child = {.argv = argv, .folder = manifest->folder},
                                      .timeout_ns = COPY_TIMEOUT_NS};
    uint64_t took_ns = 0;

    return run(run_of, &options, &took_ns, err);
}

static int build(const struct run *run_of, const struct manifest *manifest, const struct build_place *place,
                 uint64_t *ret_took_ns, struct error *err)
{
    uint64_t took_ns = 0;

    for (size_t i = 0; i < manifest->build_count; i++) {
        struct process_options options = {.child = {.argv = manifest->build[i].argv,
                                                    .folder = place->copy,
                                                    .environment = {.purpose = ENVIRONMENT_BUILD,
                                                                    .named = manifest->environment,
                                                                    .given = (char *const *)place->given}},
                                          .timeout_ns = BUILD_TIMEOUT_NS};
        if (run(run_of, &options, &took_ns, err) != 0) {
            return -1;
        }
    }
    *ret_took_ns = took_ns;
    return 0;
}

static int change(const struct manifest *manifest, const struct build_place *place, struct error *err)
{
    char *path = file_join(place->copy, manifest->rebuild_file);
    FILE *file = fopen(path, "r+");
    int result = 0;

    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || fprintf(file, "\n%s\n", manifest->rebuild_line) < 0) {
        result = error_failed(err, "%s: cannot be changed: %s", path, strerror(errno));
    }
    if (file != NULL && fclose(file) != 0 && result == 0) {
        result = error_failed(err, "%s: cannot be changed: %s", path, strerror(errno));
    }
    free(path);
    return result;
}

static int take(const struct run *run_of, const struct manifest *manifest, const struct build_place *place,
                struct backend_record *record, struct error *err)
{
    uint64_t clean_ns;

    if (copy(run_of, manifest, place, err) != 0 || build(run_of, manifest, place, &clean_ns, err) != 0) {
        return -1;
    }
    record->build_clean_ns = clean_ns;
    if (manifest->rebuild_file == NULL) {
        return 0;
    }
    if (change(manifest, place, err) != 0) {
        return -1;
    }
    return build(run_of, manifest, place, &record->build_changed_ns, err);
}

int build_times_take(const struct run *run_of, const struct manifest *manifest, struct backend_record *record,
                     struct error *err)
{
    struct build_place place = {0};
    struct error why = {0};

    if (manifest->build_count == 0) {
        return 0;
    }
    progress_say(run_of->progress, "%s: building from scratch, for the time that takes", manifest->name);
    int result = make_place(&place, &why);
    if (result == 0) {
        result = take(run_of, manifest, &place, record, &why);
        remove_place(&place);
    }
    if (result != 0 && why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    if (result != 0) {
        progress_say(run_of->progress, "%s: its times to build are not known: %s", manifest->name, why.message);
    }
    return 0;
}
