#include "host/machine/affinity.h"

#include "base/mem.h"
#include "base/text.h"
#include "host/system_file.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

int affinity_allowed(struct core_set *ret_cores, struct error *err)
{
    struct core_set cores = {{0}};

    if (sched_getaffinity(0, sizeof cores, (cpu_set_t *)&cores) != 0) {
        return error_failed(err, "the cores of this process cannot be read: %s", strerror(errno));
    }
    *ret_cores = cores;
    return 0;
}

int affinity_of(pid_t pid, struct core_set *ret_cores)
{
    struct core_set cores = {{0}};

    if (sched_getaffinity(pid, sizeof cores, (cpu_set_t *)&cores) != 0) {
        return -1;
    }
    *ret_cores = cores;
    return 0;
}

int affinity_pin(const struct core_set *cores, struct error *err)
{
    if (sched_setaffinity(0, sizeof *cores, (const cpu_set_t *)cores) != 0) {
        int cause = errno;
        char *text = core_set_text(cores);
        error_failed(err, "the thread cannot be pinned to cores \"%s\": %s", text, strerror(cause));
        free(text);
        return -1;
    }
    return 0;
}

/* The allowed hardware threads of the core that `core` belongs to; `core` alone where the system does not say. */
static struct core_set threads_of(unsigned core, const struct core_set *allowed, const char *root)
{
    struct core_set threads = {{0}};
    char *path = mem_format("/sys/devices/system/cpu/cpu%u/topology/thread_siblings_list", core);
    char *list = system_file_line(root, path);

    if (list == NULL || core_set_read(&threads, list, NULL) != 0) {
        threads = (struct core_set){{0}};
    }
    core_set_keep(&threads, allowed);
    core_set_add(&threads, core);
    free(list);
    free(path);
    return threads;
}

/* Takes whole cores for the generator until it has `wanted` hardware threads; `ret_taken` is all hardware threads of
 * these cores. */
static struct core_set take(const struct core_set *allowed, unsigned wanted, const char *root,
                            struct core_set *ret_taken)
{
    struct core_set generator = {{0}}, taken = {{0}};
    unsigned count = 0;

    for (unsigned core = core_set_next(allowed, 0); count < wanted && core < CORE_SET_MOST;
         core = core_set_next(allowed, core + 1)) {
        if (core_set_has(&taken, core)) {
            continue;
        }
        struct core_set threads = threads_of(core, allowed, root);
        core_set_remove(&threads, &taken);
        core_set_join(&taken, &threads);
        for (unsigned thread = core_set_next(&threads, 0); count < wanted && thread < CORE_SET_MOST;
             thread = core_set_next(&threads, thread + 1)) {
            core_set_add(&generator, thread);
            count++;
        }
    }
    *ret_taken = taken;
    return generator;
}

int affinity_split(const struct core_set *allowed, unsigned generator_cores, const char *root,
                   struct affinity_split *ret_split, struct error *err)
{
    unsigned wanted = generator_cores == 0 ? 1 : generator_cores;
    unsigned count = core_set_count(allowed);
    struct affinity_split split = {.generator = *allowed, .service = *allowed, .shared = true};
    struct core_set taken;

    if (count == 1 && wanted == 1) {
        *ret_split = split;
        return 0;
    }
    if (wanted >= count) {
        return error_input(err, "%u cores for the generator leave none for the service: this process may use %u",
                           wanted, count);
    }
    split.shared = false;
    split.generator = take(allowed, wanted, root, &taken);
    core_set_remove(&split.service, &taken);
    if (core_set_count(&split.service) > 0) {
        split.idle = taken;
        core_set_remove(&split.idle, &split.generator);
    } else {
        split.service = *allowed;
        core_set_remove(&split.service, &split.generator);
        split.siblings = true;
    }
    *ret_split = split;
    return 0;
}
