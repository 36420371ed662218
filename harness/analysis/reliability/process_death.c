#include "analysis/reliability/process_death.h"

#include "base/list.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

const char *trial_part_name(enum trial_part part)
{
    static const char *const names[] = {[PART_LADDER] = "ladder",
                                        [PART_SEARCH] = "search",
                                        [PART_WARM] = "warm",
                                        [PART_RECOVERY] = "recovery",
                                        [PART_SOAK] = "soak"};
    return names[part];
}

struct deaths {
    const char *backend;
    struct process_death *found;
    size_t count;
};

bool process_death_for_memory(const struct step_record *step)
{
    struct sample first = {0};

    for (size_t i = 0; i < step->sample_count && step->death.signal == SIGKILL; i++) {
        struct sample sample = step_record_sample(step, i);
        if (i == 0) {
            first = sample;
        }
        if (sample.service_group_oom_kills > first.service_group_oom_kills || sample.oom_kills > first.oom_kills) {
            return true;
        }
    }
    return false;
}

static void look(struct deaths *deaths, const struct step_record *step, enum trial_part part)
{
    const struct death *death = &step->death;
    uint64_t begin_ns = step->load.started_ns;

    if (death->died && strcmp(step->backend, deaths->backend) == 0) {
        *list_add(deaths->found, deaths->count) =
            (struct process_death){.step = step,
                                   .part = part,
                                   .for_memory = process_death_for_memory(step),
                                   .in_warmup = death->at_ns<begin_ns, .at_ns = death->at_ns> begin_ns
                                                    ? death->at_ns - begin_ns
                                                    : 0};
    }
}

static enum trial_part part_of(const struct step_record *step)
{
    switch (step->phase) {
    case PHASE_SEARCH:
        return PART_SEARCH;
    case PHASE_WARM:
        return PART_WARM;
    default:
        return PART_LADDER;
    }
}

static int by_trial(const void *left, const void *right)
{
    const struct process_death *a = left, *b = right;

    if (a->step->trial != b->step->trial) {
        return a->step->trial < b->step->trial ? -1 : 1;
    }
    return (a->step->death.at_ns > b->step->death.at_ns) - (a->step->death.at_ns < b->step->death.at_ns);
}

size_t process_deaths_find(const struct run_log *log, const char *backend, struct process_death **ret_deaths)
{
    struct deaths deaths = {.backend = backend};

    for (size_t i = 0; i < log->step_count; i++) {
        look(&deaths, &log->steps[i], part_of(&log->steps[i]));
    }
    for (size_t i = 0; i < log->recovery_count; i++) {
        look(&deaths, &log->recoveries[i], PART_RECOVERY);
    }
    for (size_t i = 0; i < log->soak_count; i++) {
        look(&deaths, &log->soaks[i], PART_SOAK);
    }
    if (deaths.count > 1) {
        qsort(deaths.found, deaths.count, sizeof *deaths.found, by_trial);
    }
    *ret_deaths = deaths.found;
    return deaths.count;
}
