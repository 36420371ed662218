#include "queue_simulation.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

#define REFUSED_NS 200000 /* what it takes to say no */

void queue_simulation_init(struct queue_simulation *queue, const struct queue_model *model, uint64_t seed,
                           uint64_t born_ns)
{
    assert(model->servers >= 1 && model->servers <= QUEUE_SERVERS_MOST);
    *queue = (struct queue_simulation){.model = *model,
                                       .born_ns = born_ns,
                                       .tokens = model->admitted_burst,
                                       .tokens_ns = born_ns};
    random_init(&queue->random, seed, 0);
}

static bool happens(struct queue_simulation *queue, double chance)
{
    return chance > 0 && random_unit(&queue->random) < chance;
}

void queue_simulation_begin(struct queue_simulation *queue, uint64_t from_ns, uint64_t to_ns)
{
    queue->stall_at_ns = 0;
    if (happens(queue, queue->model.stall_chance)) {
        queue->stall_at_ns = from_ns + random_below(&queue->random, to_ns - from_ns);
    }
}

/* --- time in which nobody works ---------------------------------------------------------------------------------- */

/* `at_ns`, or the end of the stop of `length_ns` at `stop_ns` in which it lies. */
static uint64_t after_stop(uint64_t at_ns, uint64_t stop_ns, uint64_t length_ns)
{
    return at_ns >= stop_ns && at_ns - stop_ns < length_ns ? stop_ns + length_ns : at_ns;
}

/* The first pause of the process's life that ends after `at_ns`. */
static uint64_t pause_near(const struct queue_simulation *queue, uint64_t at_ns)
{
    uint64_t every_ns = queue->model.pause_every_ns;
    uint64_t number = (at_ns - queue->born_ns) / every_ns;

    if (number == 0 || at_ns - queue->born_ns - number * every_ns >= queue->model.pause_ns) {
        number++;
    }
    return queue->born_ns + number * every_ns;
}

static uint64_t begin_of_work(const struct queue_simulation *queue, uint64_t at_ns)
{
    if (queue->stall_at_ns > 0) {
        at_ns = after_stop(at_ns, queue->stall_at_ns, queue->model.stall_ns);
    }
    if (queue->model.pause_every_ns > 0) {
        at_ns = after_stop(at_ns, pause_near(queue, at_ns), queue->model.pause_ns);
    }
    return at_ns;
}

/* The end of `work_ns` that begins at `begin_ns`, when somebody works. */
static uint64_t end_of_work(const struct queue_simulation *queue, uint64_t begin_ns, uint64_t work_ns)
{
    uint64_t end_ns = begin_ns + work_ns;

    if (queue->stall_at_ns >= begin_ns && queue->stall_at_ns < end_ns && queue->stall_at_ns > 0) {
        end_ns += queue->model.stall_ns;
    }
    if (queue->model.pause_every_ns > 0) {
        for (uint64_t at_ns = pause_near(queue, begin_ns); at_ns < end_ns; at_ns += queue->model.pause_every_ns) {
            end_ns += queue->model.pause_ns;
        }
    }
    return end_ns;
}

/* --- work -------------------------------------------------------------------------------------------------------- */

static double share_of_mean(struct queue_simulation *queue)
{
    const struct queue_model *model = &queue->model;

    switch (model->shape) {
    case WORK_EXPONENTIAL:
        return -log(random_unit(&queue->random));
    case WORK_BIMODAL: {
        double light = 1 / (1 + model->heavy_share * (model->heavy_factor - 1));
        return happens(queue, model->heavy_share) ? light * model->heavy_factor : light;
    }
    case WORK_CONSTANT:
        break;
    }
    return 1;
}

static struct queue_server *first_free(struct queue_simulation *queue)
{
    struct queue_server *first = &queue->servers[0];

    for (unsigned i = 1; i < queue->model.servers; i++) {
        if (queue->servers[i].free_ns < first->free_ns) {
            first = &queue->servers[i];
        }
    }
    return first;
}

static bool admits(struct queue_simulation *queue, uint64_t at_ns)
{
    const struct queue_model *model = &queue->model;

    if (model->admitted_rps <= 0) {
        return true;
    }
    queue->tokens = fmin(queue->tokens + (double)(at_ns - queue->tokens_ns) / 1e9 * model->admitted_rps,
                         fmax(model->admitted_burst, 1));
    queue->tokens_ns = at_ns;
    if (queue->tokens < 1) {
        return false;
    }
    queue->tokens -= 1;
    return true;
}

static struct queue_outcome lost(const struct queue_simulation *queue, uint64_t at_ns)
{
    if (at_ns >= queue->died_ns) {
        return (struct queue_outcome){at_ns, FAILURE_CONNECT};
    }
    return (struct queue_outcome){queue->died_ns, FAILURE_RESET};
}

static struct queue_outcome serve(struct queue_simulation *queue, struct queue_server *server, uint64_t begin_ns)
{
    const struct queue_model *model = &queue->model;
    double work_ns = model->mean_work_ns * share_of_mean(queue);

    if (begin_ns - queue->born_ns < model->cold_ns) {
        work_ns *= model->cold_factor;
    }
    server->free_ns = end_of_work(queue, begin_ns, (uint64_t)work_ns);
    server->worked_ns += work_ns;
    queue->served++;
    uint64_t later_ns = happens(queue, model->tail_share) ? model->tail_ns : 0;
    return (struct queue_outcome){server->free_ns + later_ns, FAILURE_NONE};
}

struct queue_outcome queue_simulation_arrive(struct queue_simulation *queue, uint64_t at_ns)
{
    if (queue->dead) {
        return lost(queue, at_ns);
    }
    if (!admits(queue, at_ns)) {
        return (struct queue_outcome){at_ns + REFUSED_NS, FAILURE_STATUS};
    }
    struct queue_server *server = first_free(queue);
    uint64_t begin_ns = begin_of_work(queue, server->free_ns > at_ns ? server->free_ns : at_ns);
    if (queue->model.crash_after > 0 && queue->served >= queue->model.crash_after) {
        queue->dead = true;
        queue->died_ns = begin_ns;
        return (struct queue_outcome){begin_ns, FAILURE_RESET};
    }
    return serve(queue, server, begin_ns);
}

void queue_simulation_drop(struct queue_simulation *queue, uint64_t at_ns)
{
    for (unsigned i = 0; i < queue->model.servers; i++) {
        if (queue->servers[i].free_ns > at_ns) {
            queue->servers[i].worked_ns -= (double)(queue->servers[i].free_ns - at_ns);
            queue->servers[i].free_ns = at_ns;
        }
    }
}
