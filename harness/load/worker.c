#include "load/worker.h"

#include "base/clock.h"
#include "base/mem.h"
#include "load/dispatch.h"

#include <stdlib.h>
#include <string.h>

static void on_wake(uv_async_t *wake)
{
    (void)wake; /* waking was all */
}

int worker_init(struct worker *worker, const struct worker_options *options, struct error *err)
{
    memset(worker, 0, sizeof *worker);
    worker->options = *options;
    int status = uv_loop_init(&worker->loop);
    if (status != 0) {
        return error_failed(err, "no event loop: %s", uv_strerror(status));
    }
    uv_async_init(&worker->loop, &worker->wake, on_wake);
    if (pacer_init(&worker->pacer, &worker->loop, err) != 0) {
        goto close_loop;
    }
    if (transport_new(&worker->transport,
                      &(struct transport_options){.loop = &worker->loop,
                                                  .protocol = &worker->options.protocol,
                                                  .address = options->address,
                                                  .authority = options->authority,
                                                  .traffic = options->traffic,
                                                  .events = &dispatch_events,
                                                  .owner = worker},
                      err) != 0) {
        goto close_pacer;
    }
    return 0;

close_pacer:
    pacer_close(&worker->pacer);
close_loop:
    uv_close((uv_handle_t *)&worker->wake, NULL);
    uv_run(&worker->loop, UV_RUN_DEFAULT);
    uv_loop_close(&worker->loop);
    return -1;
}

void worker_release(struct worker *worker)
{
    dispatch_close_all(worker);
    worker->transport->free(worker->transport);
    uv_close((uv_handle_t *)&worker->wake, NULL);
    pacer_close(&worker->pacer);
    uv_run(&worker->loop, UV_RUN_DEFAULT);
    uv_loop_close(&worker->loop);
}

void worker_stop(struct worker *worker)
{
    atomic_store(&worker->stop, true);
    uv_async_send(&worker->wake);
}

static void begin(struct worker *worker, const struct planned_step *step, uint64_t start_ns)
{
    const struct worker_options *options = &worker->options;

    worker->step = step;
    worker->start_ns = start_ns;
    worker->connections = step_share(step->connections, options->thread, options->threads);
    worker->composer = composer_new(options->traffic, options->authority, step, options->thread, options->threads);
    recorder_init(&worker->recorder, step, start_ns, options->deadline_ns, options->traffic->request_count);
    schedule_init(&worker->schedule, step, options->thread, options->threads);
    worker->close_ns = worker->recorder.end_ns + options->deadline_ns;
    worker->draining = false;
    worker->phase = 0;
    worker->spun_ns = 0;
    worker->live_interval = -1;
    worker->retry_ns = 0;
    atomic_store(&worker->live.offered, 0);
    atomic_store(&worker->live.completed, 0);
    atomic_store(&worker->live.good, 0);
    atomic_store(&worker->live.p99_ns, 0);
    worker->free_since_ns = worker->free_first != NULL ? 0 : UINT64_MAX;
}

/* A turn of the loop may take long (many connections being made): the thread's share is of the time between the
 * readings, which is not quite the measured one. */
static void close_measure(struct worker *worker, uint64_t now_ns)
{
    struct load_record *record = &worker->recorder.record;
    uint64_t between_ns = now_ns - worker->at_measure_ns;

    worker->phase = 2;
    record->spin_ns = worker->spun_ns - worker->spun_at_measure_ns;
    uint64_t cpu_ns = clock_thread_cpu_ns() - worker->cpu_at_measure_ns;
    record->cpu_ns = cpu_ns > record->spin_ns ? cpu_ns - record->spin_ns : 0;
    record->busiest_thread = between_ns > 0 ? (double)record->cpu_ns / (double)between_ns : 0;
    uint64_t waited_ns = clock_thread_wait_ns() - worker->waited_at_measure_ns;
    record->starved_thread = between_ns > 0 ? (double)waited_ns / (double)between_ns : 0;
    record->connections = worker->open - worker->opening;
}

/* Never yet begun to be opened: what the service closed, or lets wait, is its own doing. */
static uint64_t missing(const struct worker *worker)
{
    uint64_t begun = worker->open_at_start + worker->opened - worker->opened_before;
    return worker->connections > begun && !dispatch_held_up(worker) ? worker->connections - begun : 0;
}

/* CPU time is taken between the first turns of the loop in and after the measured part. */
static void follow_phase(struct worker *worker, uint64_t now_ns)
{
    if (worker->phase == 0 && now_ns >= worker->recorder.measure_ns) {
        worker->phase = 1;
        worker->at_measure_ns = now_ns;
        worker->cpu_at_measure_ns = clock_thread_cpu_ns();
        worker->waited_at_measure_ns = clock_thread_wait_ns();
        worker->spun_at_measure_ns = worker->spun_ns;
        worker->recorder.record.connections_missing = missing(worker);
    }
    if (worker->phase == 1 && now_ns >= worker->recorder.end_ns) {
        close_measure(worker, now_ns);
    }
}

/* Intervals whose answers have had an interval's time to come in. */
static void publish(struct worker *worker, int32_t interval)
{
    struct worker_live *live = &worker->live;
    const struct interval *intervals = worker->recorder.record.intervals;

    while (worker->live_interval < interval) {
        const struct tally *tally = &intervals[++worker->live_interval].tally;
        atomic_fetch_add_explicit(&live->offered, tally->offered, memory_order_relaxed);
        atomic_fetch_add_explicit(&live->completed, tally->completed, memory_order_relaxed);
        atomic_fetch_add_explicit(&live->good, tally->good, memory_order_relaxed);
    }
    atomic_store_explicit(&live->p99_ns, histogram_quantile(&intervals[interval].response, 0.99), memory_order_relaxed);
    atomic_store_explicit(&live->in_flight, worker->recorder.in_flight, memory_order_relaxed);
    atomic_store_explicit(&live->connections, worker->open, memory_order_relaxed);
}

static void follow_intervals(struct worker *worker, uint64_t now_ns)
{
    int32_t interval = recorder_interval(&worker->recorder, now_ns) - 2;
    if (interval > worker->live_interval) {
        publish(worker, interval);
    }
}

/* When to look again at the latest, if nothing comes in. */
static uint64_t next_wake(const struct worker *worker, uint64_t now_ns)
{
    uint64_t wake = worker->draining ? worker->close_ns + worker->step->drain_limit_ns : worker->close_ns;
    uint64_t due = dispatch_next_due(worker, now_ns);

    if (worker->phase == 0 && worker->recorder.measure_ns < wake) {
        wake = worker->recorder.measure_ns;
    } else if (worker->phase == 1 && worker->recorder.end_ns < wake) {
        wake = worker->recorder.end_ns;
    }
    return due < wake ? due : wake;
}

/* One turn of the loop: block until shortly before the next moment, or spin when it is near. Returns whether it only
 * looked, with the moment still to come. */
static bool turn(struct worker *worker, uint64_t now_ns)
{
    uint64_t wake = next_wake(worker, now_ns);
    uint64_t early = worker->options.spin ? PACER_EARLY_NS : 0;
    uint64_t worth_blocking = worker->options.spin ? PACER_BLOCK_NS : 0;

    if (wake > now_ns + worth_blocking) {
        pacer_arm(&worker->pacer, wake - early);
        uv_run(&worker->loop, UV_RUN_ONCE);
        return false;
    }
    uv_run(&worker->loop, UV_RUN_NOWAIT);
    return wake > now_ns;
}

static void give_up(struct worker *worker, uint64_t now_ns)
{
    if (now_ns < worker->recorder.end_ns) {
        recorder_cut(&worker->recorder, now_ns);
        if (worker->phase == 1) {
            close_measure(worker, now_ns);
        }
    }
    dispatch_censor(worker, now_ns);
    worker->draining = true;
}

static bool stopped(struct worker *worker)
{
    return atomic_load_explicit(&worker->stop, memory_order_relaxed);
}

void worker_run(struct worker *worker, const struct planned_step *step, uint64_t start_ns,
                struct load_record *ret_record)
{
    begin(worker, step, start_ns);
    worker->opened_before = worker->opened;
    worker->open_at_start = worker->open;
    uint64_t scheduled_end = worker->recorder.end_ns;
    uint64_t now_ns = clock_now_ns();

    while (!dispatch_all_resolved(worker, now_ns) && now_ns < worker->close_ns && !stopped(worker)) {
        uint64_t activity = worker->transport->activity, before_ns = now_ns;
        dispatch_due(worker, now_ns);
        bool looked = turn(worker, now_ns);
        now_ns = clock_now_ns();
        if (looked && activity == worker->transport->activity) {
            /* Nothing was due and nothing came: all of this turn was waiting, its bookkeeping included. */
            worker->spun_ns += now_ns - before_ns;
        }
        follow_phase(worker, now_ns);
        follow_intervals(worker, now_ns);
    }
    give_up(worker, now_ns);
    while (dispatch_abandoned(worker) > 0) {
        if (now_ns >= worker->close_ns + step->drain_limit_ns || stopped(worker)) {
            worker->recorder.record.drained = false;
            dispatch_close_abandoned(worker);
            break;
        }
        turn(worker, now_ns);
        now_ns = clock_now_ns();
    }
    worker->recorder.record.drain_ns = now_ns > scheduled_end ? now_ns - scheduled_end : 0;
    worker->recorder.record.connections_opened = worker->opened - worker->opened_before;
    recorder_finish(&worker->recorder);
    composer_free(worker->composer);
    *ret_record = worker->recorder.record;
    free(worker->recorder.resolved);
}
