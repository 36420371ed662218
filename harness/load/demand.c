#include "load/demand.h"

#include <stddef.h>

void demand_init(struct demand *demand, const struct demand_options *options)
{
    *demand = (struct demand){.start_ns = options->start_ns};
    demand->composer =
        composer_new(options->traffic, options->authority, options->step, options->thread, options->threads);
    schedule_init(&demand->schedule, options->step, options->thread, options->threads);
    if (options->step->users > 0) {
        demand->crowd = crowd_new(&(struct crowd_options){.traffic = options->traffic,
                                                          .step = options->step,
                                                          .thread = options->thread,
                                                          .threads = options->threads,
                                                          .start_ns = options->start_ns,
                                                          .most = options->sessions_most});
    }
}

void demand_close(struct demand *demand, struct session_tally *ret_tally)
{
    *ret_tally = (struct session_tally){0};
    if (demand->crowd != NULL) {
        crowd_close(demand->crowd, ret_tally);
    }
    composer_free(demand->composer);
    crowd_free(demand->crowd);
    *demand = (struct demand){0};
}

uint64_t demand_due_ns(const struct demand *demand)
{
    if (demand->crowd != NULL) {
        return crowd_due_ns(demand->crowd);
    }
    uint64_t due_ns = demand->schedule.due_ns;
    return due_ns == SCHEDULE_END ? UINT64_MAX : demand->start_ns + due_ns;
}

bool demand_turn_away(struct demand *demand)
{
    return demand->crowd != NULL && crowd_turn_away(demand->crowd);
}

static struct user *take_user(struct demand *demand, struct composed *ret_composed)
{
    struct user *user = crowd_take(demand->crowd);
    const struct user_session *session = user->session;

    if (user->fresh) {
        user->fresh = false;
        composer_arrive(demand->composer, user->number);
        composer_draw_kept(demand->composer, session->values, session->value_count, user->kept);
    }
    composer_walk(demand->composer, user->number, session, user->step);
    composer_compose(demand->composer, user_step(user)->request, user->kept, ret_composed);
    return user;
}

struct user *demand_take(struct demand *demand, struct composed *ret_composed)
{
    if (demand->crowd != NULL) {
        return take_user(demand, ret_composed);
    }
    schedule_next(&demand->schedule);
    composer_next(demand->composer, ret_composed);
    return NULL;
}

void demand_next(struct demand *demand, struct composed *ret_composed)
{
    composer_next(demand->composer, ret_composed);
}

void demand_drop(struct demand *demand, uint64_t now_ns)
{
    if (demand->crowd == NULL) {
        schedule_next(&demand->schedule);
        composer_skip(demand->composer);
    } else if (!crowd_turn_away(demand->crowd)) {
        crowd_go_on(demand->crowd, crowd_take(demand->crowd), now_ns, true);
    }
}

void demand_go_on(struct demand *demand, struct user *user, uint64_t now_ns, bool failed)
{
    if (user != NULL) {
        crowd_go_on(demand->crowd, user, now_ns, failed);
    }
}
