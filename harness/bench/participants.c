#include "bench/participants.h"

#include "base/mem.h"
#include "bench/service/prepare.h"

#include <stdlib.h>

void participants_init(struct participants *participants, const struct manifest *manifests, size_t count)
{
    *participants = (struct participants){.manifests = manifests, .count = count};
    participants->records = mem_new(count, sizeof *participants->records);
    participants->recorded = mem_new(count, sizeof *participants->recorded);
    participants->measured = mem_new(count, sizeof *participants->measured);
}

void participants_release(struct participants *participants)
{
    for (size_t i = 0; i < participants->count; i++) {
        backend_record_release(&participants->records[i]);
    }
    free(participants->records);
    free(participants->recorded);
    free(participants->measured);
    *participants = (struct participants){0};
}

int participants_prepare(struct participants *participants, const struct run *run, struct error *err)
{
    for (size_t i = 0; i < participants->count; i++) {
        struct backend_record *record = &participants->records[i];
        if (prepare_backend(run, &participants->manifests[i], record, err) != 0) {
            return -1;
        }
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
