#include "simulated_service.h"

#include "base/clock.h"
#include "base/mem.h"
#include "load/recorder/recorder.h"
#include "load/traffic/schedule.h"
#include "pending.h"
#include "simulated_host.h"

#include <signal.h>
#include <stdlib.h>

#define BORN_NS (100 * CLOCK_SECOND_NS) /* on a clock that has run for a while, as any machine's has */

/* One step under way. */
struct simulated_step {
    struct simulated_service *service;
    const struct planned_step *planned;
    struct recorder recorder;
    struct pending pending;
    struct simulated_host host;
    uint64_t start_ns, close_ns;
};

void simulated_service_start(struct simulated_service *service, const struct service_model *model, uint64_t seed)
{
    *service = (struct simulated_service){.model = *model, .now_ns = BORN_NS};
    queue_simulation_init(&service->queue, &model->queue, seed, BORN_NS);
}

void simulated_service_rest(struct simulated_service *service, uint64_t length_ns)
{
    service->now_ns += length_ns;
}

/* --- what happens in time ---------------------------------------------------------------------------------------- */

static void resolve(struct simulated_step *step, const struct pending_request *request)
{
    uint64_t end_ns = request->outcome.end_ns;
    enum failure failure = request->outcome.failure;

    if (failure == FAILURE_RESET) {
        recorder_failed(&step->recorder, &request->flight, end_ns, failure);
    } else {
        recorder_responded(&step->recorder, &request->flight, end_ns, failure);
    }
}

/* Everything that ends by `now_ns`. */
static void pass(struct simulated_step *step, uint64_t now_ns)
{
    while (step->pending.count > 0 && step->pending.requests[0].outcome.end_ns <= now_ns) {
        struct pending_request request = pending_take(&step->pending);
        simulated_host_advance(&step->host, request.outcome.end_ns);
        resolve(step, &request);
    }
    simulated_host_advance(&step->host, now_ns);
}

static void arrive(struct simulated_step *step, uint64_t due_ns)
{
    struct simulated_service *service = step->service;
    struct pending_request request = {
        .flight = {.due_ns = due_ns, .sent_ns = due_ns, .interval = recorder_interval(&step->recorder, due_ns)}};
    bool alive = !service->queue.dead;

    request.outcome = queue_simulation_arrive(&service->queue, due_ns);
    if (request.outcome.failure == FAILURE_CONNECT) {
        recorder_connect_failed(&step->recorder, &request.flight, due_ns);
        return;
    }
    recorder_sent(&step->recorder, &request.flight, true);
    pending_add(&step->pending, &request);
    if (alive && service->queue.dead) {
        pending_die(&step->pending, service->queue.died_ns);
    }
    if (step->pending.count > service->connections) {
        service->connections = step->pending.count;
    }
}

static void run_load(struct simulated_step *step)
{
    struct schedule schedule;

    schedule_init(&schedule, step->planned, 0, 1);
    while (schedule.due_ns != SCHEDULE_END) {
        pass(step, step->start_ns + schedule.due_ns);
        arrive(step, step->start_ns + schedule.due_ns);
        schedule_next(&schedule);
    }
    pass(step, step->recorder.end_ns);
}

/* Until every request is resolved or the step closes; then, as long as the generator waits, until the service is done
 * with those that were given up. */
static void drain(struct simulated_step *step)
{
    uint64_t now_ns = step->recorder.end_ns, limit_ns = step->close_ns + step->planned->drain_limit_ns;

    while (step->pending.count > 0 && step->pending.requests[0].outcome.end_ns <= step->close_ns) {
        now_ns = step->pending.requests[0].outcome.end_ns;
        pass(step, now_ns);
    }
    step->recorder.record.drained = true;
    while (step->pending.count > 0) {
        struct pending_request request = pending_take(&step->pending);
        recorder_unanswered(&step->recorder, &request.flight, step->close_ns);
        now_ns = request.outcome.end_ns;
        if (now_ns > limit_ns) {
            step->recorder.record.drained = false;
            now_ns = limit_ns;
        } else {
            recorder_responded_late(&step->recorder, &request.flight, request.outcome.failure);
        }
    }
    queue_simulation_drop(&step->service->queue, now_ns);
    step->recorder.record.drain_ns = now_ns - step->recorder.end_ns;
    simulated_host_advance(&step->host, now_ns);
    step->service->now_ns = now_ns;
}

/* --- the step ---------------------------------------------------------------------------------------------------- */

static void begin(struct simulated_step *step, struct simulated_service *service, const struct planned_step *planned,
                  struct step_record *record)
{
    *step = (struct simulated_step){.service = service, .planned = planned, .start_ns = service->now_ns};
    recorder_init(&step->recorder, planned, service->now_ns, service->model.deadline_ns, 1);
    step->close_ns = step->recorder.end_ns + service->model.deadline_ns;
    simulated_host_begin(&step->host, service, record);
    queue_simulation_begin(&service->queue, step->recorder.measure_ns, step->recorder.end_ns);
}

/* Its own threads' figures: a generator that is not the limit. */
static void add_generator(struct load_record *load, uint64_t connections)
{
    load->requests[0].name = mem_string("request");
    load->connections = connections;
    load->connections_opened = connections;
    load->busiest_thread = 0.1;
    load->cpu_ns = load->measured_ns / 10;
}

static void tell_death(const struct queue_simulation *queue, struct death *ret_death)
{
    if (queue->dead) {
        *ret_death =
            (struct death){.died = true, .at_ns = queue->died_ns, .exit_code = -1, .signal = SIGSEGV, .output = NULL};
    }
}

void simulated_service_step(struct simulated_service *service, const struct planned_step *planned,
                            struct step_record *ret_record)
{
    const char *name = service->model.name != NULL ? service->model.name : "simulated";
    struct simulated_step step;
    struct step_record record = {.backend = mem_string(name),
                                 .index = planned->index,
                                 .level = planned->level,
                                 .rate = planned->rate,
                                 .connections = planned->connections};

    begin(&step, service, planned, &record);
    run_load(&step);
    drain(&step);
    simulated_host_memory(&step.host, &record.memory);
    tell_death(&service->queue, &record.death);
    recorder_take(&step.recorder, &record.load);
    add_generator(&record.load, service->connections);
    free(step.pending.requests);
    *ret_record = record;
}
