#include "analysis/usage/service_place.h"

#include "base/core_set.h"
#include "plan/box.h"

#include <string.h>

/* 1 for a log without a list, which only tests make. */
static unsigned cores_of_run(const struct run_log *log)
{
    struct core_set cores;

    if (log->run.service_cores == NULL || core_set_read(&cores, log->run.service_cores, NULL) != 0) {
        return 1;
    }
    return core_set_count(&cores);
}

/* Cores that are named are those of the generator's machine. */
static bool meets_generator(const struct run_log *log, const char *cores)
{
    struct core_set service, generator;

    if (cores == NULL || log->run.generator_cores == NULL || core_set_read(&service, cores, NULL) != 0 ||
        core_set_read(&generator, log->run.generator_cores, NULL) != 0) {
        return false;
    }
    core_set_keep(&service, &generator);
    return core_set_count(&service) > 0;
}

/* "cores=2" are the first two of those that services have; where these are too few, the generator's come to them. */
static struct service_place place_in_box(const struct run_log *log, const struct backend_record *record)
{
    struct service_place place = {.cores = cores_of_run(log), .shared = log->run.cores_shared, .here = true};
    struct box box = {0};

    if (record->box != NULL && box_read_text(&box, record->box, NULL) == 0 && box.cores > 0) {
        place.shared = place.shared || box.cores > place.cores;
        place.cores = box.cores;
    }
    return place;
}

struct service_place service_place_find(const struct run_log *log, const char *backend)
{
    for (size_t i = 0; i < log->backend_count && backend != NULL; i++) {
        const struct backend_record *record = &log->backends[i];
        if (strcmp(record->name, backend) != 0) {
            continue;
        }
        if (record->attached == NULL) {
            return place_in_box(log, record);
        }
        return (struct service_place){.cores = record->workers,
                                      .shared = meets_generator(log, record->cores),
                                      .here = record->cores != NULL};
    }
    return (struct service_place){.cores = cores_of_run(log), .shared = log->run.cores_shared, .here = true};
}
