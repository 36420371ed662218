#include "bench/participants.h"

#include "base/mem.h"
#include "bench/service/boxing.h"
#include "bench/service/prepare.h"

#include <stdlib.h>
#include <string.h>

int participants_init(struct participants *participants, const struct bench_options *options, const struct cores *cores,
                      struct error *err)
{
    const struct boxing_options boxing = {.cores = &cores->split.service,
                                          .cores_most = cores_most(cores),
                                          .stop = options->stop};
    struct boxed boxed;

    if (boxed_make(&boxed, options->backends, options->backend_count, &options->boxes, err) != 0) {
        return -1;
    }
    if (boxing_begin(&options->boxes, &boxing, err) != 0) {
        boxed_release(&boxed);
        return -1;
    }
    size_t count = boxed.count;
    *participants = (struct participants){.boxed = boxed, .manifests = boxed.manifests, .count = count};
    participants->records = mem_new(count, sizeof *participants->records);
    participants->recorded = mem_new(count, sizeof *participants->recorded);
    participants->measured = mem_new(count, sizeof *participants->measured);
    return 0;
}

void participants_release(struct participants *participants)
{
    for (size_t i = 0; i < participants->count; i++) {
        backend_record_release(&participants->records[i]);
    }
    free(participants->records);
    free(participants->recorded);
    free(participants->measured);
    boxed_release(&participants->boxed);
    *participants = (struct participants){0};
}

/* A service that runs in several boxes is built once for all of them; a further build finds everything done. */
static void take_build(const struct participants *participants, size_t index)
{
    const struct manifest *manifest = &participants->manifests[index];

    for (size_t i = 0; i < index && manifest->unboxed != NULL; i++) {
        const struct manifest *before = &participants->manifests[i];
        if (before->unboxed != NULL && strcmp(before->unboxed, manifest->unboxed) == 0) {
            participants->records[index].build_ns = participants->records[i].build_ns;
            return;
        }
    }
}

int participants_prepare(struct participants *participants, const struct run *run, struct error *err)
{
    for (size_t i = 0; i < participants->count; i++) {
        struct backend_record *record = &participants->records[i];
        if (prepare_backend(run, &participants->manifests[i], record, err) != 0) {
            return -1;
        }
        take_build(participants, i);
        if (record->skipped != NULL) {
            progress_say(run->progress, "%s is left out: %s", record->name, record->skipped);
            participants->recorded[i] = true;
        }
    }
    return 0;
}

/* What says that the service has started, or was reached: its record in the file is not written again. */
static void take_over(struct backend_record *now, const struct backend_record *before)
{
    now->cold_start_ns = before->cold_start_ns;
    if (now->attached != NULL) {
        now->watched = mem_string(before->watched);
        now->not_watched = mem_string(before->not_watched);
        now->workers = before->workers;
    }
}

int participants_check_resumed(struct participants *participants, const struct resume *resume, struct error *err)
{
    for (size_t i = 0; i < participants->count; i++) {
        const char *name = participants->manifests[i].name;
        const struct backend_record *before = resume_backend(resume, name);
        struct backend_record *now = &participants->records[i];
        if (before == NULL) {
            continue;
        }
        take_over(now, before);
        if (before->skipped != NULL) {
            free(now->skipped);
            now->skipped = mem_string(before->skipped);
            now->not_installed = before->not_installed;
        } else if (now->skipped != NULL) {
            return error_failed(err, "%s took part in it and cannot now: %s", name, now->skipped);
        } else if (resume_check_backend(before, now, err) != 0) {
            return -1;
        }
        participants->measured[i] = resume_measured(resume, name);
    }
    return 0;
}

int participants_record_skipped(struct participants *participants, const struct resume *resume,
                                struct run_writer *writer, struct error *err)
{
    for (size_t i = 0; i < participants->count; i++) {
        bool before = resume_backend(resume, participants->manifests[i].name) != NULL;
        if (before) {
            participants->recorded[i] = true;
        } else if (participants->recorded[i] && run_writer_backend(writer, &participants->records[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

size_t participants_measured(const struct participants *participants)
{
    size_t measured = 0;

    for (size_t i = 0; i < participants->count; i++) {
        measured += participants->measured[i];
    }
    return measured;
}
