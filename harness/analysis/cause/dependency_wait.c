#include "analysis/cause/dependency_wait.h"

#include "analysis/cause/waiting.h"

/* From the first share of its time on, a request passed it in the dependency; from the second on, it may have. */
#define THERE_SHARE 0.75
#define PART_SHARE  0.5

/* A database kept its sessions when this share of the active ones waited inside it. */
#define KEPT_WAITING 0.5

bool dependency_wait_saturated(const struct symptoms *symptoms)
{
    return step_usage_dependency_saturated(symptoms->usage);
}

bool dependency_wait_there(const struct symptoms *symptoms)
{
    const struct dependency_usage *dependency = &symptoms->usage->dependency;
    return dependency->name != NULL && dependency->time_share >= THERE_SHARE;
}

/* More sessions would not help those that wait inside the database. */
static bool sessions_kept(const struct symptoms *symptoms)
{
    const struct dependency_usage *dependency = &symptoms->usage->dependency;
    double waiting = dependency->sessions_on_locks + dependency->sessions_on_inner + dependency->sessions_on_disk;

    return dependency->name != NULL && dependency->sessions > 0 &&
           dependency->sessions_active >= STEP_USAGE_POOL_EXHAUSTED * dependency->sessions &&
           waiting >= KEPT_WAITING * dependency->sessions_active;
}

bool dependency_wait_slow(const struct symptoms *symptoms)
{
    return waiting_idle(symptoms) && (dependency_wait_there(symptoms) || sessions_kept(symptoms));
}

bool dependency_wait_partly(const struct symptoms *symptoms)
{
    const struct dependency_usage *dependency = &symptoms->usage->dependency;
    return waiting_idle(symptoms) && dependency->name != NULL && dependency->time_share >= PART_SHARE;
}
