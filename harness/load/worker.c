#include "load/worker.h"

#include "base/clock.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* --- its life ---------------------------------------------------------------------------------------------------- */

static void on_wake(uv_async_t *wake)
{
    (void)wake; /* waking was all */
}

static void close_loop(struct worker *worker)
{
    uv_close((uv_handle_t *)&worker->wake, NULL);
    uv_run(&worker->loop, UV_RUN_DEFAULT);
    uv_loop_close(&worker->loop);
}

int worker_init(struct worker *worker, const struct dispatch_options *options, bool spin, struct error *err)
{
    memset(worker, 0, sizeof *worker);
    worker->spin = spin;
    worker->schedstat = -1;
    int status = uv_loop_init(&worker->loop);
    if (status != 0) {
        return error_failed(err, "no event loop: %s", uv_strerror(status));
    }
    uv_async_init(&worker->loop, &worker->wake, on_wake);
    if (pacer_init(&worker->pacer, &worker->loop, err) != 0) {
        goto close_loop;
    }
    if (dispatch_init(&worker->dispatch, &worker->loop, options, err) != 0) {
        goto close_pacer;
    }
    return 0;

close_pacer:
    pacer_close(&worker->pacer);
close_loop:
    close_loop(worker);
    return -1;
}

void worker_release(struct worker *worker)
{
    dispatch_release(&worker->dispatch);
    pacer_close(&worker->pacer);
    close_loop(worker);
    if (worker->schedstat >= 0) {
        close(worker->schedstat);
    }
}

void worker_forget_live(struct worker *worker)
{
    struct worker_live *live = &worker->live;

    atomic_store(&live->offered, 0);
    atomic_store(&live->completed, 0);
    atomic_store(&live->good, 0);
    atomic_store(&live->in_flight, 0);
    atomic_store(&live->p50_ns, 0);
    atomic_store(&live->p99_ns, 0);
}

void worker_stop(struct worker *worker)
{
    atomic_store(&worker->stop, true);
    uv_async_send(&worker->wake);
}

/* --- the measured time ------------------------------------------------------------------------------------------- */

/* The clock is read last. A thread that loses its core while it reads has then either waited before `at_ns`, or its
 * wait is in the next readings; with the clock first, the wait would count as none of the time that follows. */
static struct worker_readings read_now(const struct worker *worker)
{
    struct worker_readings readings = {.cpu_ns = clock_thread_cpu_ns(),
                                       .waited_ns = clock_schedstat_wait_ns(worker->schedstat),
                                       .stood_ns = worker->heartbeat.stood_ns,
                                       .spun_ns = worker->spun_ns};

    readings.at_ns = clock_now_ns();
    return readings;
}

/* A thread that had no core when the measured time began takes its first readings late, at worst when that time is
 * over: what it waited until then belongs to it. Between two steps a thread sleeps, and waits for no core. */
static void begin_measure(struct worker *worker)
{
    struct dispatch *dispatch = &worker->dispatch;
    uint64_t waited_before_ns = worker->measured.waited_ns;

    worker->phase = WORKER_MEASURE;
    worker->measured = read_now(worker);
    uint64_t waited_ns = worker->measured.waited_ns - waited_before_ns;
    uint64_t late_ns = worker->measured.at_ns - dispatch->recorder.measure_ns;
    uint64_t kept_ns = waited_ns < late_ns ? waited_ns : late_ns;
    worker->measured.at_ns -= kept_ns;
    worker->measured.waited_ns -= kept_ns;
    dispatch->recorder.record.connections_missing = pool_missing(&dispatch->pool, dispatch->connections);
    slow_crowd_begin_measure(worker->slow);
}

/* A turn of the loop may take long (many connections being made), so that the time between the readings is not quite
 * the measured one: the thread's shares are of the former. */
static void end_measure(struct worker *worker)
{
    const struct pool *pool = &worker->dispatch.pool;
    struct load_record *record = &worker->dispatch.recorder.record;
    struct worker_readings before = worker->measured, now = read_now(worker);
    uint64_t cpu_ns = now.cpu_ns - before.cpu_ns;

    worker->phase = WORKER_AFTER;
    worker->measured = now;
    record->connections = pool->open - pool->opening;
    slow_crowd_count(worker->slow, &record->slow);
    record->spin_ns = now.spun_ns - before.spun_ns;
    record->cpu_ns = cpu_ns > record->spin_ns ? cpu_ns - record->spin_ns : 0;
    if (now.at_ns > before.at_ns) {
        double between_ns = (double)(now.at_ns - before.at_ns);
        record->busiest_thread = (double)record->cpu_ns / between_ns;
        record->starved_thread = fmin((double)(now.waited_ns - before.waited_ns) / between_ns, 1);
        record->stood_still = (double)(now.stood_ns - before.stood_ns) / between_ns;
    }
}

/* The readings are taken in the first turns of the loop in and after the measured time. */
static void follow_phase(struct worker *worker, uint64_t now_ns)
{
    const struct recorder *recorder = &worker->dispatch.recorder;

    if (worker->phase == WORKER_WARMUP && now_ns >= recorder->measure_ns) {
        begin_measure(worker);
    }
    if (worker->phase == WORKER_MEASURE && now_ns >= recorder->end_ns) {
        end_measure(worker);
    }
}

static void publish(struct worker *worker, int32_t interval)
{
    struct worker_live *live = &worker->live;
    const struct interval *intervals = worker->dispatch.recorder.record.intervals;

    while (worker->live_interval < interval) {
        const struct tally *tally = &intervals[++worker->live_interval].tally;
        atomic_fetch_add_explicit(&live->offered, tally->offered, memory_order_relaxed);
        atomic_fetch_add_explicit(&live->completed, tally->completed, memory_order_relaxed);
        atomic_fetch_add_explicit(&live->good, tally->good, memory_order_relaxed);
    }
    atomic_store_explicit(&live->p50_ns, histogram_quantile(&intervals[interval].response, 0.5), memory_order_relaxed);
    atomic_store_explicit(&live->p99_ns, histogram_quantile(&intervals[interval].response, 0.99), memory_order_relaxed);
    atomic_store_explicit(&live->in_flight, worker->dispatch.recorder.flights.count, memory_order_relaxed);
    atomic_store_explicit(&live->connections, worker->dispatch.pool.open, memory_order_relaxed);
}

/* An interval is shown once its responses have had an interval's time to come in. */
static void follow_intervals(struct worker *worker, uint64_t now_ns)
{
    int32_t interval = recorder_interval(&worker->dispatch.recorder, now_ns) - 2;
    if (interval > worker->live_interval) {
        publish(worker, interval);
    }
}

static void follow_wrong(struct worker *worker)
{
    const struct wrong_response *wrong = worker->dispatch.recorder.record.first_wrong;

    if (wrong != NULL) {
        atomic_store_explicit(&worker->live.first_wrong, wrong, memory_order_release);
    }
}

/* --- the loop ---------------------------------------------------------------------------------------------------- */

/* When to look again at the latest, if nothing comes in. */
static uint64_t next_wake(const struct worker *worker, uint64_t now_ns)
{
    const struct dispatch *dispatch = &worker->dispatch;
    uint64_t wake = worker->close_ns;
    uint64_t due = dispatch_next_due(dispatch, now_ns), slow = slow_crowd_next_due(worker->slow);

    if (dispatch->closed) {
        wake += dispatch->step->drain_limit_ns;
    } else if (worker->heartbeat.due_ns < wake) {
        wake = worker->heartbeat.due_ns;
    }
    if (worker->phase == WORKER_WARMUP && dispatch->recorder.measure_ns < wake) {
        wake = dispatch->recorder.measure_ns;
    } else if (worker->phase == WORKER_MEASURE && dispatch->recorder.end_ns < wake) {
        wake = dispatch->recorder.end_ns;
    }
    due = slow < due ? slow : due;
    return due < wake ? due : wake;
}

/* One turn of the loop: block until shortly before the next moment, or spin when it is near. Returns whether it only
 * looked, with the moment still to come. */
static bool turn(struct worker *worker, uint64_t now_ns)
{
    uint64_t wake = next_wake(worker, now_ns);
    uint64_t early = 0, worth_blocking = 0;

    if (worker->spin) {
        early = PACER_EARLY_NS;
        worth_blocking = PACER_BLOCK_NS;
    }
    if (wake > now_ns + worth_blocking) {
        pacer_arm(&worker->pacer, wake - early);
        uv_run(&worker->loop, UV_RUN_ONCE);
        return false;
    }
    uv_run(&worker->loop, UV_RUN_NOWAIT);
    return wake > now_ns;
}

static bool stopped(struct worker *worker)
{
    return atomic_load_explicit(&worker->stop, memory_order_relaxed);
}

/* --- a step ------------------------------------------------------------------------------------------------------ */

/* The descriptor is kept, so that the readings do not end when connections have taken the last. */
static void begin_heartbeat(struct worker *worker, const struct planned_step *step)
{
    if (worker->schedstat < 0) {
        worker->schedstat = clock_schedstat_open();
    }
    worker->heartbeat = (struct heartbeat){.due_ns = UINT64_MAX};
    if (step->rate == 0 || step->subscribers > 0) {
        heartbeat_begin(&worker->heartbeat, clock_now_ns(), worker->schedstat);
    }
}

static void begin_slow(struct worker *worker, const struct planned_step *step, uint64_t start_ns)
{
    const struct dispatch_options *options = &worker->dispatch.options;

    worker->slow = slow_crowd_new(&(struct slow_crowd_options){.loop = &worker->loop,
                                                               .address = &options->address,
                                                               .traffic = options->traffic,
                                                               .authority = options->authority,
                                                               .step = step,
                                                               .thread = options->thread,
                                                               .threads = options->threads,
                                                               .start_ns = start_ns});
}

static void begin(struct worker *worker, const struct planned_step *step, uint64_t start_ns)
{
    dispatch_begin(&worker->dispatch, step, start_ns);
    begin_slow(worker, step, start_ns);
    begin_heartbeat(worker, step);
    worker->phase = WORKER_WARMUP;
    worker->close_ns = worker->dispatch.recorder.end_ns + worker->dispatch.options.deadline_ns;
    worker->spun_ns = 0;
    worker->live_interval = -1;
}

/* Grows with all that comes in or goes out. */
static uint64_t activity_of(const struct worker *worker)
{
    return worker->dispatch.pool.transport->activity + slow_crowd_activity(worker->slow);
}

/* Send and read until every request is resolved or too old. */
static uint64_t run_load(struct worker *worker)
{
    struct dispatch *dispatch = &worker->dispatch;
    uint64_t now_ns = clock_now_ns();

    while (!dispatch_all_resolved(dispatch, now_ns) && now_ns < worker->close_ns && !stopped(worker)) {
        uint64_t activity = activity_of(worker), before_ns = now_ns;
        dispatch_due(dispatch, now_ns);
        slow_crowd_due(worker->slow, now_ns);
        bool looked = turn(worker, now_ns);
        now_ns = clock_now_ns();
        if (looked && activity == activity_of(worker)) {
            /* Nothing was due and nothing came: all of this turn was waiting, its bookkeeping included. */
            worker->spun_ns += now_ns - before_ns;
        }
        heartbeat_look(&worker->heartbeat, now_ns);
        follow_phase(worker, now_ns);
        follow_intervals(worker, now_ns);
        follow_wrong(worker);
    }
    return now_ns;
}

/* Give up what is open. Before the end of the measured time the step was stopped. */
static void close_step(struct worker *worker, uint64_t now_ns)
{
    struct recorder *recorder = &worker->dispatch.recorder;

    if (now_ns < recorder->end_ns) {
        recorder_cut(recorder, now_ns);
        if (worker->phase == WORKER_MEASURE) {
            end_measure(worker);
        }
    }
    dispatch_close(&worker->dispatch, now_ns);
    slow_crowd_free(worker->slow);
    worker->slow = NULL;
}

static uint64_t drain(struct worker *worker, uint64_t now_ns)
{
    struct pool *pool = &worker->dispatch.pool;
    uint64_t limit_ns = worker->close_ns + worker->dispatch.step->drain_limit_ns;

    while (pool->abandoned > 0) {
        if (now_ns >= limit_ns || stopped(worker)) {
            worker->dispatch.recorder.record.drained = false;
            pool_close_abandoned(pool);
            break;
        }
        turn(worker, now_ns);
        now_ns = clock_now_ns();
    }
    return now_ns;
}

void worker_run(struct worker *worker, const struct planned_step *step, uint64_t start_ns,
                struct load_record *ret_record)
{
    begin(worker, step, start_ns);
    uint64_t scheduled_end_ns = worker->dispatch.recorder.end_ns;
    uint64_t now_ns = run_load(worker);

    close_step(worker, now_ns);
    now_ns = drain(worker, now_ns);
    worker->dispatch.recorder.record.drain_ns = now_ns > scheduled_end_ns ? now_ns - scheduled_end_ns : 0;
    dispatch_finish(&worker->dispatch, ret_record);
}
