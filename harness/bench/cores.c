#include "bench/cores.h"

#include "host/machine/neighbour.h"
#include "host/process/port_owner.h"

#include <stdlib.h>
#include <unistd.h>

/* No process has this number. */
#define NOBODY (-1)

int cores_init(struct cores *cores, unsigned generator_cores, struct error *err)
{
    struct core_set allowed;
    struct cores made = {0};

    if (affinity_allowed(&allowed, err) != 0 || affinity_split(&allowed, generator_cores, "", &made.split, err) != 0 ||
        affinity_pin(&made.split.generator, err) != 0) {
        return -1;
    }
    made.generator = core_set_text(&made.split.generator);
    made.service = core_set_text(&made.split.service);
    made.launched = made.split.service;
    made.generator_count = core_set_count(&made.split.generator);
    made.other_run = neighbour_claim(&made.claim) > 0;
    made.claimed = made.claim >= 0;
    *cores = made;
    return 0;
}

static void set_service(struct cores *cores, const struct core_set *service)
{
    cores->split.service = *service;
    free(cores->service);
    cores->service = core_set_text(service);
}

int cores_split_dependencies(struct cores *cores, struct error *err)
{
    unsigned count = core_set_count(&cores->split.service);
    struct affinity_split split;

    cores->dependencies = cores->split.service;
    cores->dependencies_shared = count < 2;
    if (cores->dependencies_shared) {
        return 0;
    }
    unsigned taken = count < 6 ? 1 : count / 3;
    if (affinity_split(&cores->split.service, taken, "", &split, err) != 0) {
        return -1;
    }
    cores->dependencies = split.generator;
    cores->launched = split.service;
    set_service(cores, &split.service);
    return 0;
}

static bool overlap(const struct core_set *a, const struct core_set *b)
{
    struct core_set both = *a;

    core_set_keep(&both, b);
    return core_set_count(&both) > 0;
}

/* Of an attached service on this machine. */
static bool find_cores(const struct attachment *attached, struct core_set *ret_cores)
{
    struct port_owner owner;

    if (attached == NULL || attached->remote) {
        return false;
    }
    port_owner_find(attached->port, NOBODY, &owner);
    return owner.place == PORT_OWNER_OUTSIDE && affinity_of(owner.pid, ret_cores) == 0;
}

void cores_attach(struct cores *cores, const struct manifest *services, size_t count)
{
    struct core_set used = {{0}};

    for (size_t i = 0; i < count; i++) {
        struct core_set own;
        if (!find_cores(services[i].attached, &own)) {
            return;
        }
        core_set_join(&used, &own);
    }
    if (core_set_count(&used) > 0) {
        set_service(cores, &used);
        cores->split.shared = overlap(&used, &cores->split.generator);
    }
}

static void take(struct core_set *into, const struct core_set *from, unsigned wanted)
{
    for (unsigned core = core_set_next(from, 0); core < CORE_SET_MOST && core_set_count(into) < wanted;
         core = core_set_next(from, core + 1)) {
        core_set_add(into, core);
    }
}

void cores_of_box(const struct cores *cores, const struct box *box, struct core_set *ret_cores)
{
    struct core_set taken = {{0}};

    if (box->cores == 0) {
        *ret_cores = cores->split.service;
        return;
    }
    take(&taken, &cores->split.service, box->cores);
    take(&taken, &cores->split.generator, box->cores);
    *ret_cores = taken;
}

unsigned cores_most(const struct cores *cores)
{
    struct core_set all = cores->split.service;

    core_set_join(&all, &cores->split.generator);
    return core_set_count(&all);
}

bool cores_launched_shared(const struct cores *cores)
{
    return overlap(&cores->launched, &cores->split.generator);
}

void cores_release(struct cores *cores)
{
    if (cores->claimed) {
        close(cores->claim);
    }
    free(cores->generator);
    free(cores->service);
    *cores = (struct cores){0};
}

void cores_pin_thread(void *context, unsigned thread)
{
    const struct cores *cores = context;
    unsigned core = core_set_next(&cores->split.generator, 0);
    struct core_set one = {{0}};

    for (unsigned i = 0; i < thread % cores->generator_count; i++) {
        core = core_set_next(&cores->split.generator, core + 1);
    }
    core_set_add(&one, core);
    /* A thread that cannot be pinned still runs on the generator's cores, as its creator does. */
    affinity_pin(&one, NULL);
}
