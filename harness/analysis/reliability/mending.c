#include "analysis/reliability/mending.h"

#include "base/list.h"

#include <string.h>

struct mending_walk {
    const char *backend;
    const struct step_record *last; /* step of the service; NULL: none yet */
    struct mending *found;
    size_t count;
};

static void look(struct mending_walk *walk, const struct step_record *step, bool inside_trial)
{
    struct mending mending = {.trial = step->trial, .level = step->level, .inside_trial = inside_trial};

    dependency_faults_find_mended(step, &mending.what);
    if (dependency_faults_any(&mending.what)) {
        *list_add(walk->found, walk->count) = mending;
    }
}

static void look_at_step(struct mending_walk *walk, const struct step_record *step)
{
    if (strcmp(step->backend, walk->backend) == 0) {
        look(walk, step, walk->last != NULL && walk->last->trial == step->trial);
        walk->last = step;
    }
}

static void look_at_later(struct mending_walk *walk, const struct step_record *step)
{
    if (strcmp(step->backend, walk->backend) == 0) {
        look(walk, step, true);
    }
}

size_t mendings_find(const struct run_log *log, const char *backend, struct mending **ret_mendings)
{
    struct mending_walk walk = {.backend = backend};

    for (size_t i = 0; i < log->step_count; i++) {
        look_at_step(&walk, &log->steps[i]);
    }
    for (size_t i = 0; i < log->recovery_count; i++) {
        look_at_later(&walk, &log->recoveries[i]);
    }
    for (size_t i = 0; i < log->soak_count; i++) {
        look_at_later(&walk, &log->soaks[i]);
    }
    *ret_mendings = walk.found;
    return walk.count;
}
