#include "bench/service/boxing.h"

#include "base/clock.h"
#include "base/mem.h"
#include "host/process/process.h"

#include <inttypes.h>
#include <stdlib.h>

/* systemd answers at once, or is not there. */
#define TRY_TIMEOUT_NS (10 * CLOCK_SECOND_NS)

int boxing_make(struct box_group **ret_group, const struct box *box, struct error *err)
{
    char *systemd = box_limits(box) ? child_find_program("systemd-run") : NULL;
    int result =
        box_group_make(ret_group, &(struct box_group_options){.root = "", .box = box, .systemd = systemd}, err);

    free(systemd);
    return result;
}

static int too_many(const struct box *box, unsigned cores, struct error *err)
{
    return error_input(err,
                       "a box of %.6g cpus would not be what limits a service: services have %u core%s here (--cores "
                       "says how many the load generator takes)",
                       box->cpus, cores, cores == 1 ? "" : "s");
}

/* Runs a program that does nothing in the group. */
static int try(const struct box_group *group, const atomic_bool *stop, struct error *err)
{
    char *argv[] = {"true", NULL};
    struct process_options options = {.child = {.argv = argv, .group = group},
                                      .timeout_ns = TRY_TIMEOUT_NS,
                                      .stop = stop};
    struct process_result result;

    if (process_run(&options, &result, err) != 0) {
        return -1;
    }
    if (!process_succeeded(&result)) {
        struct text how = {0};
        process_describe(&result, &how);
        error_failed(err, "a program in it %s: %s", how.data, result.output);
        text_release(&how);
    }
    int status = process_succeeded(&result) ? 0 : -1;
    process_result_release(&result);
    return status;
}

static int check(const struct box *box, const struct boxing_options *options, struct error *err)
{
    unsigned cores = core_set_count(options->cores);
    struct box_group *group;

    if (box->cores > options->cores_most) {
        return error_input(err, "cores=%u: this process may use %u, those of the load generator among them", box->cores,
                           options->cores_most);
    }
    if (box->cpus > cores) {
        return too_many(box, cores, err);
    }
    if (!box_limits(box)) {
        return 0;
    }
    /* A memory limit can be too small even for this program; that is the service's to find out. */
    const struct box tried = {.cpus = box->cpus, .memory_bytes = box->memory_bytes > 0 ? (uint64_t)64 << 20 : 0};
    int result = boxing_make(&group, &tried, err);
    if (result == 0) {
        result = try(group, options->stop, err);
        box_group_free(group);
    }
    if (result != 0 && (err == NULL || err->kind != ERROR_STOPPED)) {
        error_context(err, "no box can be made here, which takes root or `systemd-run --user --scope`");
    }
    return result;
}

int boxing_begin(const struct box_list *boxes, const struct boxing_options *options, struct error *err)
{
    box_group_clean("");
    for (size_t i = 0; i < boxes->count; i++) {
        if (check(&boxes->boxes[i], options, err) != 0) {
            return -1;
        }
    }
    return 0;
}

char *boxing_excuse(const struct box *box, const struct box_group *group)
{
    uint64_t kills = group != NULL ? box_group_oom_kills(group) : 0;

    if (!box_limits(box)) {
        return NULL;
    }
    char *name = box_text(box);
    char *excuse = mem_format("in its box (%s)%s", name, kills > 0 ? ", whose memory ran out" : "");
    free(name);
    return excuse;
}
