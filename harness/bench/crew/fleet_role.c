#include "bench/crew/fleet_role.h"

#include "bench/crew/far_log.h"
#include "bench/crew/fleet_order.h"
#include "bench/crew/follower.h"
#include "bench/description.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

int fleet_role_gather(const struct fleet_role *role, struct muster *muster, struct error *err)
{
    const struct bench_options *options = role->options;

    if (options->ranks == NULL && options->service_on == NULL) {
        return 0;
    }
    if (options->ranks == NULL) {
        return error_input(err,
                           "--service-on %s: there is no fleet; start twofold with mpirun or srun, one rank on each "
                           "host (docs/fleet.md)",
                           options->service_on);
    }
    char *scenario = description_hash(options->scenario);
    const struct muster_hello hello = {.version = TWOFOLD_VERSION,
                                       .scenario = scenario,
                                       .cores = role->cores,
                                       .machine = role->machine,
                                       .service_on = options->service_on};
    int result = muster_gather(muster, options->ranks, &hello, err);
    free(scenario);
    return result;
}

int fleet_role_follow(const struct fleet_role *role, struct muster *muster, const struct line_file_options *file,
                      struct bench_outcome *outcome, struct error *err)
{
    const struct bench_options *options = role->options;
    bool first = muster->own == 0;
    const struct follower_options follower = {.muster = muster,
                                              .scenario = options->scenario,
                                              .services = options->backends,
                                              .service_count = options->backend_count,
                                              .cores = role->cores,
                                              .file = first ? file : NULL,
                                              .resume = options->resume,
                                              .stop = options->stop};
    struct follower_outcome left;
    int result = follower_run(&follower, &left, err);

    outcome->silent = !first;
    outcome->alone = result != 0 || !left.end.well;
    outcome->measured = left.end.measured;
    outcome->file = left.path;
    if (result == 0 && left.end.why.kind != ERROR_NONE) {
        if (first && err != NULL) {
            *err = left.end.why;
        }
        return -1;
    }
    return result;
}

int fleet_role_open(struct muster *muster, const struct line_file_options *file, struct run_writer **ret_writer,
                    struct error *err)
{
    if (muster->own == 0) {
        return run_writer_start(ret_writer, file, err);
    }
    far_log_open(ret_writer, muster);
    return 0;
}

struct run_writer *fleet_role_writer(struct muster *muster)
{
    struct run_writer *writer = NULL;

    if (muster->own != 0) {
        far_log_open(&writer, muster);
    }
    return writer;
}

int fleet_role_write(const struct muster *muster, struct run_writer *writer, struct error *err)
{
    for (size_t i = 0; i < muster->count; i++) {
        const struct generator_record *record = &muster->members[i].record;
        if (record->threads > 0 && run_writer_generator(writer, record, err) != 0) {
            return -1;
        }
    }
    return 0;
}

void fleet_role_dismiss(const struct fleet_role *role, struct muster *muster, struct bench_outcome *outcome,
                        struct error *err)
{
    struct fleet_order_end end = {.measured = outcome->measured};

    if (muster->count == 0) {
        return;
    }
    if (err != NULL) {
        end.why = *err;
    }
    outcome->alone = muster->lost || atomic_load(role->options->stop);
    end.well = !outcome->alone;
    muster_dismiss(muster, &end, sizeof end);
    if (muster->own != 0 && err != NULL) {
        *err = (struct error){0};
    }
}
