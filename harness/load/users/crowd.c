#include "load/users/crowd.h"

#include "base/mem.h"
#include "load/traffic/schedule.h"

#include <math.h>
#include <stdlib.h>

/* Streams of the seed: one a user, apart from all others. */
#define USER_STREAM (UINT64_C(1) << 62)

struct crowd {
    const struct traffic *traffic;
    uint64_t seed, start_ns, measure_ns, end_ns;

    /* arrivals */
    struct planned_step arrivals; /* the step as its users see it */
    struct schedule schedule;     /* of the users of all threads; at the next one of this thread */
    uint64_t number;              /* of that user */
    unsigned stride;

    /* users */
    struct user *users;
    struct text *kept;
    size_t most, touched; /* places, and how many of them were ever used */
    uint32_t *free;       /* places that were used and are free, the one left last on top */
    size_t free_count;
    uint32_t *waiting; /* a heap of users by the moment at which their requests are due */
    size_t waiting_count;
    size_t under_way;
    uint64_t weights; /* of all sessions */
    struct session_tally tally;
};

/* ---- arrivals --------------------------------------------------------------------------------------------------- */

static uint64_t arrival_ns(const struct crowd *crowd)
{
    return crowd->schedule.due_ns == SCHEDULE_END ? UINT64_MAX : crowd->start_ns + crowd->schedule.due_ns;
}

/* The arrivals of other threads are passed over. */
static void next_arrival(struct crowd *crowd, unsigned by)
{
    for (unsigned i = 0; i < by; i++) {
        schedule_next(&crowd->schedule);
    }
    crowd->number += by;
}

struct crowd *crowd_new(const struct crowd_options *options)
{
    struct crowd *crowd = mem_new(1, sizeof *crowd);
    const struct planned_step *step = options->step;
    size_t most = (size_t)options->most;

    crowd->traffic = options->traffic;
    crowd->seed = step->seed;
    crowd->start_ns = options->start_ns;
    crowd->measure_ns = options->start_ns + step->warmup_ns;
    crowd->end_ns = crowd->measure_ns + step->measure_ns;
    crowd->arrivals = *step;
    crowd->arrivals.rate = step->users;
    crowd->stride = options->threads;
    crowd->most = most;
    crowd->users = mem_new(most, sizeof *crowd->users);
    crowd->kept = mem_new(most * crowd->traffic->value_count, sizeof *crowd->kept);
    crowd->free = mem_new(most, sizeof *crowd->free);
    crowd->waiting = mem_new(most, sizeof *crowd->waiting);
    for (size_t i = 0; i < crowd->traffic->session_count; i++) {
        crowd->weights += crowd->traffic->sessions[i].weight;
    }
    schedule_init(&crowd->schedule, &crowd->arrivals, 0, 1);
    next_arrival(crowd, options->thread);
    return crowd;
}

void crowd_free(struct crowd *crowd)
{
    if (crowd == NULL) {
        return;
    }
    for (size_t i = 0; i < crowd->touched * crowd->traffic->value_count; i++) {
        text_release(&crowd->kept[i]);
    }
    free(crowd->users);
    free(crowd->kept);
    free(crowd->free);
    free(crowd->waiting);
    free(crowd);
}

/* ---- the heap --------------------------------------------------------------------------------------------------- */

static bool before(const struct crowd *crowd, uint32_t a, uint32_t b)
{
    const struct user *first = &crowd->users[a], *second = &crowd->users[b];

    if (first->due_ns != second->due_ns) {
        return first->due_ns < second->due_ns;
    }
    return first->number < second->number;
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

static void push(struct crowd *crowd, uint32_t user)
{
    uint32_t *heap = crowd->waiting;
    size_t at = crowd->waiting_count++;

    heap[at] = user;
    while (at > 0 && before(crowd, heap[at], heap[(at - 1) / 2])) {
        swap(&heap[at], &heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static uint32_t pop(struct crowd *crowd)
{
    uint32_t *heap = crowd->waiting;
    uint32_t first = heap[0];
    size_t count = --crowd->waiting_count;
    size_t at = 0;

    heap[0] = heap[count];
    for (size_t child = 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && before(crowd, heap[child + 1], heap[child])) {
            child++;
        }
        if (!before(crowd, heap[child], heap[at])) {
            break;
        }
        swap(&heap[child], &heap[at]);
        at = child;
    }
    return first;
}

static uint64_t waiting_ns(const struct crowd *crowd)
{
    return crowd->waiting_count > 0 ? crowd->users[crowd->waiting[0]].due_ns : UINT64_MAX;
}

uint64_t crowd_due_ns(const struct crowd *crowd)
{
    uint64_t arrival = arrival_ns(crowd), waiting = waiting_ns(crowd);
    return arrival < waiting ? arrival : waiting;
}

/* ---- users ------------------------------------------------------------------------------------------------------ */

const struct session_step *user_step(const struct user *user)
{
    return &user->session->steps[user->step];
}

static const struct user_session *choose_session(const struct crowd *crowd, struct random *random)
{
    const struct user_session *session = crowd->traffic->sessions;
    uint64_t ticket = random_below(random, crowd->weights);

    while (ticket >= session->weight) {
        ticket -= session->weight;
        session++;
    }
    return session;
}

static uint64_t draw_think(const struct think *think, struct random *random)
{
    switch (think->kind) {
    case THINK_UNIFORM:
        return think->low_ns + random_below(random, think->high_ns - think->low_ns + 1);
    case THINK_EXPONENTIAL:
        return (uint64_t)(-log(random_unit(random)) * (double)think->low_ns);
    default:
        return think->low_ns;
    }
}

static bool full(const struct crowd *crowd)
{
    return crowd->under_way == crowd->most;
}

static bool in_measured_time(const struct crowd *crowd, uint64_t due_ns)
{
    return due_ns >= crowd->measure_ns;
}

bool crowd_turn_away(struct crowd *crowd)
{
    uint64_t arrival = arrival_ns(crowd);

    if (!full(crowd) || arrival >= waiting_ns(crowd)) {
        return false;
    }
    crowd->tally.denied += in_measured_time(crowd, arrival);
    next_arrival(crowd, crowd->stride);
    return true;
}

static struct user *arrive(struct crowd *crowd)
{
    size_t place = crowd->free_count > 0 ? crowd->free[--crowd->free_count] : crowd->touched++;
    struct user *user = &crowd->users[place];

    user->number = crowd->number;
    user->due_ns = arrival_ns(crowd);
    user->step = 0;
    user->fresh = true;
    user->kept = &crowd->kept[place * crowd->traffic->value_count];
    random_init(&user->random, crowd->seed, USER_STREAM + user->number);
    user->session = choose_session(crowd, &user->random);
    crowd->tally.begun += in_measured_time(crowd, user->due_ns);
    crowd->under_way++;
    if (crowd->under_way > crowd->tally.most) {
        crowd->tally.most = crowd->under_way;
    }
    next_arrival(crowd, crowd->stride);
    return user;
}

struct user *crowd_take(struct crowd *crowd)
{
    if (arrival_ns(crowd) < waiting_ns(crowd)) {
        return arrive(crowd);
    }
    return &crowd->users[pop(crowd)];
}

static void leave(struct crowd *crowd, const struct user *user)
{
    crowd->free[crowd->free_count++] = (uint32_t)(user - crowd->users);
    crowd->under_way--;
}

/* Whether there is a next step for this user; then its request is due when the user has thought. */
static bool next_step(struct user *user, uint64_t now_ns)
{
    while (++user->step < user->session->step_count) {
        const struct session_step *step = user_step(user);
        if (step->chance >= 1 || random_unit(&user->random) < step->chance) {
            user->due_ns = now_ns + draw_think(&step->think, &user->random);
            return true;
        }
    }
    return false;
}

void crowd_go_on(struct crowd *crowd, struct user *user, uint64_t now_ns, bool failed)
{
    bool counts = in_measured_time(crowd, user->due_ns);

    if (failed && !user_step(user)->goes_on) {
        crowd->tally.abandoned += counts;
        leave(crowd, user);
    } else if (!next_step(user, now_ns)) {
        crowd->tally.finished += counts;
        leave(crowd, user);
    } else if (user->due_ns >= crowd->end_ns) {
        crowd->tally.unfinished++;
        leave(crowd, user);
    } else {
        push(crowd, (uint32_t)(user - crowd->users));
    }
}

void crowd_close(struct crowd *crowd, struct session_tally *ret_tally)
{
    crowd->tally.unfinished += crowd->under_way;
    crowd->waiting_count = crowd->under_way = 0;
    crowd->schedule.due_ns = SCHEDULE_END;
    *ret_tally = crowd->tally;
}
