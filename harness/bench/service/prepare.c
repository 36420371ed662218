#include "bench/service/prepare.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "bench/dependency/health.h"
#include "bench/service/admission.h"
#include "bench/service/attached.h"
#include "bench/service/fingerprint.h"
#include "bench/service/owning/build_times.h"
#include "bench/service/owning/lock_file.h"
#include "bench/service/owning/ownership.h"
#include "bench/service/owning/patch_size.h"
#include "bench/service/owning/said.h"
#include "bench/service/starting/variables.h"
#include "bench/service/toolchain.h"
#include "contract/operation.h"
#include "host/process/process.h"

#include <stdlib.h>
#include <string.h>

#define BUILD_TIMEOUT_NS (30 * 60 * CLOCK_SECOND_NS)

static void describe(const struct manifest *manifest, struct backend_record *record)
{
    record->name = mem_string(manifest->name);
    record->language = mem_string(manifest->language);
    record->framework = mem_string(manifest->framework);
    record->class = mem_string(manifest->class);
    record->environment = environment_describe(manifest->environment);
    record->unboxed = mem_string(manifest->unboxed);
    record->box = box_is_any(&manifest->box) ? box_text(&manifest->box) : NULL;
}

static int check_tools(const struct run *run, const struct manifest *manifest, struct backend_record *record,
                       struct error *err)
{
    struct toolchain toolchain;

    if (toolchain_check(&toolchain, manifest, run->stop, err) != 0) {
        return -1;
    }
    record->versions = toolchain_versions(&toolchain);
    record->skipped = mem_string(toolchain_problem(&toolchain));
    record->not_installed = record->skipped != NULL;
    toolchain_release(&toolchain);
    return 0;
}

/* How much of the output of a failed build is shown, in bytes. */
#define OUTPUT_SHOWN 1500

static char *failure_of(const struct command *command, const struct process_result *result)
{
    struct text text = {0};
    size_t length = strlen(result->output);
    const char *end = result->output + length;

    text_add(&text, "its build failed: ");
    child_describe(command->argv, &text);
    text_add(&text, " ");
    process_describe(result, &text);
    text_format(&text, "; its last output: %s", length > OUTPUT_SHOWN ? end - OUTPUT_SHOWN : result->output);
    return secret_without(text_take(&text), NULL); /* the command may hold one, too */
}

static int run_build(const struct run *run, const struct manifest *manifest, const struct command *command,
                     struct backend_record *record, struct error *err)
{
    struct process_options options = {
        .child = {.argv = command->argv,
                  .folder = manifest->folder,
                  .environment = {.purpose = ENVIRONMENT_BUILD, .named = manifest->environment}},
        .timeout_ns = BUILD_TIMEOUT_NS,
        .stop = run->stop,
    };
    struct process_result result;
    struct error why = {0};

    if (process_run(&options, &result, &why) != 0) {
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        record->skipped = mem_format("its build failed: %s", why.message);
        return 0;
    }
    record->build_ns += result.took_ns;
    if (!process_succeeded(&result)) {
        record->skipped = failure_of(command, &result);
    }
    process_result_release(&result);
    return 0;
}

/* In a fleet what is missing is missing on one of several hosts. */
static void name_host(const struct run *run, struct backend_record *record)
{
    const struct muster *muster = run->muster;

    if (record->skipped != NULL && muster != NULL) {
        char *why = record->skipped;
        record->skipped = mem_format("on %s: %s", muster->members[muster->own].record.host, why);
        free(why);
    }
}

int prepare_build(const struct run *run, const struct manifest *manifest, struct backend_record *record,
                  struct error *err)
{
    describe(manifest, record);
    if (check_tools(run, manifest, record, err) != 0) {
        return -1;
    }
    if (record->skipped == NULL) {
        progress_say(run->progress, "%s: building", manifest->name);
    }
    for (size_t i = 0; i < manifest->build_count && record->skipped == NULL; i++) {
        if (run_build(run, manifest, &manifest->build[i], record, err) != 0) {
            return -1;
        }
    }
    name_host(run, record);
    return 0;
}

static void read_change(const struct progress *progress, const struct manifest *manifest, struct backend_record *record)
{
    char *path = file_join(manifest->folder, manifest->change);
    struct patch_size size = {0};
    struct error why = {0};

    if (patch_size_read(path, &size, &why) != 0) {
        progress_say(progress, "%s: %s", manifest->name, why.message);
    }
    record->change_files = size.files;
    record->change_lines = size.lines;
    free(path);
}

/* A figure that cannot be read does not end the run: it is reported and left out. */
static void read_ownership(const struct progress *progress, const struct manifest *manifest,
                           struct backend_record *record)
{
    struct error why = {0};

    if ((manifest->artifacts != NULL &&
         (ownership_bytes(manifest->folder, manifest->artifacts, &record->artifact_bytes, &why) != 0 ||
          fingerprint_make(manifest->folder, manifest->artifacts, &record->artifact_hash, &why) != 0)) ||
        (manifest->sources != NULL &&
         ownership_lines(manifest->folder, manifest->sources, &record->source_lines, &why) != 0)) {
        progress_say(progress, "%s: %s", manifest->name, why.message);
    }
    if (manifest->lock != NULL && manifest->dependencies.argv == NULL) {
        char *path = file_join(manifest->folder, manifest->lock);
        why = (struct error){0};
        if (lock_file_count(path, &record->dependencies, &why) != 0) {
            progress_say(progress, "%s: %s", manifest->name, why.message);
        }
        free(path);
    }
    if (manifest->change != NULL) {
        read_change(progress, manifest, record);
    }
}

/* What the service says of itself: its runtime, and what it is made of. */
static int ask_ownership(const struct run *run, const struct manifest *manifest, struct backend_record *record,
                         struct error *err)
{
    struct error why = {0};

    if (said_bytes(run, manifest, &record->runtime_bytes, &why) == 0 &&
        said_count(run, manifest, &record->dependencies, &why) == 0) {
        return 0;
    }
    if (why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    progress_say(run->progress, "%s: %s", manifest->name, why.message);
    return 0;
}

static int check_responses(const struct run *run, const struct manifest *manifest, struct backend_record *record,
                           struct error *err)
{
    struct admission_options options = {.run = run, .manifest = manifest, .seed = run->scenario->seed};
    struct admission admission;
    struct error why = {0};

    progress_say(run->progress, "%s: verifying", record->name);
    if (admission_check(&options, &admission, &why) != 0) {
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        if (!health_is_good(run->dependencies)) {
            return error_failed(err, "%s", why.message);
        }
        record->skipped = mem_string(why.message);
        return 0;
    }
    record->skipped = admission_reason(&admission);
    record->verified = mem_string(admission.verified);
    admission_release(&admission);
    return 0;
}

/* Why it is not even built, on the heap; NULL: it is. */
static char *hindrance_of(const struct run *run, const struct manifest *manifest)
{
    if (manifest->wrong != NULL) {
        return mem_string(manifest->wrong);
    }
    const char *missing = operation_missing(run->scenario, manifest->operations);
    if (missing == NULL) {
        return NULL;
    }
    return mem_format("the scenario asks for %s of the sample API, which its \"contract\" does not list", missing);
}

int prepare_backend(const struct run *run, const struct manifest *manifest, struct backend_record *ret_record,
                    struct error *err)
{
    struct backend_record record = {.memory_given_bytes = variables_memory(manifest, run->scenario)};
    struct core_set cores;

    if (manifest->attached != NULL) {
        return attached_prepare(run, manifest, ret_record, err);
    }
    cores_of_box(run->cores, &manifest->box, &cores);
    record.workers = box_cores(&manifest->box, core_set_count(&cores));
    char *hindrance = hindrance_of(run, manifest);
    if (hindrance != NULL) {
        describe(manifest, &record);
        record.skipped = hindrance;
        *ret_record = record;
        return 0;
    }
    if (prepare_build(run, manifest, &record, err) != 0) {
        goto stopped;
    }
    if (record.skipped == NULL) {
        read_ownership(run->progress, manifest, &record);
        if (ask_ownership(run, manifest, &record, err) != 0 ||
            (run->shared && build_times_take(run, manifest, &record, err) != 0) ||
            check_responses(run, manifest, &record, err) != 0) {
            goto stopped;
        }
    }
    *ret_record = record;
    return 0;
stopped:
    backend_record_release(&record);
    return -1;
}
