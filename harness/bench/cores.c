#include "bench/cores.h"

#include <stdlib.h>

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
    made.generator_count = core_set_count(&made.split.generator);
    *cores = made;
    return 0;
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
    cores->split.service = split.service;
    free(cores->service);
    cores->service = core_set_text(&cores->split.service);
    return 0;
}

void cores_release(struct cores *cores)
{
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
