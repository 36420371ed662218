#include "load/loader.h"

#include "base/clock.h"
#include "base/mem.h"
#include "load/transport/transport.h"
#include "load/worker.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Time for all threads to wake before the first request can be due. */
#define START_MARGIN_NS (2 * CLOCK_MILLISECOND_NS)

struct loader_thread {
    struct loader *loader;
    uv_thread_t thread;
    unsigned number;
    struct worker worker;
    struct load_record record;
    uv_sem_t start;
};

struct loader {
    struct loader_options options;
    const struct planned_step *step; /* the one at hand, and clock_now_ns() at which it begins */
    uint64_t start_ns;
    char *authority;
    struct loader_thread *threads;
    uv_mutex_t mutex;
    uv_cond_t over;
    unsigned running; /* threads still in the step; guarded by the mutex */
    bool ending;      /* guarded by the mutex */
};

static void block_signals(void)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
}

static void run_thread(void *argument)
{
    struct loader_thread *thread = argument;
    struct loader *loader = thread->loader;

    /* A signal is for the main thread; a write to a closed socket must not be one at all. */
    block_signals();
    if (loader->options.on_thread != NULL) {
        loader->options.on_thread(loader->options.context, thread->number);
    }
    for (;;) {
        uv_sem_wait(&thread->start);
        uv_mutex_lock(&loader->mutex);
        bool ending = loader->ending;
        uv_mutex_unlock(&loader->mutex);
        if (ending) {
            worker_release(&thread->worker); /* here: what it says in parting to a closed socket is a signal too */
            return;
        }
        worker_run(&thread->worker, loader->step, loader->start_ns, &thread->record);
        uv_mutex_lock(&loader->mutex);
        loader->running--;
        uv_cond_signal(&loader->over);
        uv_mutex_unlock(&loader->mutex);
    }
}

static int read_address(const struct loader_options *options, struct sockaddr_storage *ret_address, struct error *err)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)ret_address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)ret_address;

    memset(ret_address, 0, sizeof *ret_address);
    if (uv_ip4_addr(options->host, options->port, v4) == 0 || uv_ip6_addr(options->host, options->port, v6) == 0) {
        return 0;
    }
    return error_input(err, "\"%s\" is not an IPv4 or IPv6 address", options->host);
}

/* Of what there may be of at most; one at least. */
static uint64_t share(uint64_t most, unsigned number, unsigned threads)
{
    uint64_t part = step_share(most, number, threads);
    return part > 0 ? part : 1;
}

static int start_thread(struct loader *loader, unsigned number, const struct sockaddr_storage *address,
                        struct error *err)
{
    const struct loader_options *options = &loader->options;
    struct loader_thread *thread = &loader->threads[number];
    unsigned all = options->all_threads > 0 ? options->all_threads : options->threads;
    unsigned place = options->first_thread + number;
    thread->loader = loader;
    thread->number = number;
    if (worker_init(&thread->worker,
                    &(struct dispatch_options){.traffic = options->traffic,
                                               .authority = loader->authority,
                                               .protocol = options->protocol,
                                               .address = *address,
                                               .thread = place,
                                               .threads = all,
                                               .deadline_ns = options->deadline_ns,
                                               .connections_most = share(options->connections_most, place, all),
                                               .sessions_most = share(options->sessions_most, place, all),
                                               .wall_ahead_ns = options->wall_ahead_ns},
                    options->spin, err) != 0) {
        return -1;
    }
    uv_sem_init(&thread->start, 0);
    if (uv_thread_create(&thread->thread, run_thread, thread) != 0) {
        worker_release(&thread->worker);
        uv_sem_destroy(&thread->start);
        return error_failed(err, "generator thread %u cannot be started", number);
    }
    return 0;
}

static void end_threads(struct loader *loader, unsigned count)
{
    uv_mutex_lock(&loader->mutex);
    loader->ending = true;
    uv_mutex_unlock(&loader->mutex);
    for (unsigned i = 0; i < count; i++) {
        uv_sem_post(&loader->threads[i].start);
        uv_thread_join(&loader->threads[i].thread);
        uv_sem_destroy(&loader->threads[i].start);
    }
    uv_cond_destroy(&loader->over);
    uv_mutex_destroy(&loader->mutex);
    free(loader->threads);
    free(loader->authority);
    free(loader);
}

int loader_new(struct loader **ret_loader, const struct loader_options *options, struct error *err)
{
    struct sockaddr_storage address;
    if (read_address(options, &address, err) != 0) {
        return -1;
    }
    struct loader *loader = mem_new(1, sizeof *loader);
    loader->options = *options;
    const char *name = options->name != NULL ? options->name : options->host;
    loader->authority = transport_authority(name, options->port, options->protocol.tls);
    loader->threads = mem_new(options->threads, sizeof *loader->threads);
    uv_mutex_init(&loader->mutex);
    uv_cond_init(&loader->over);
    for (unsigned i = 0; i < options->threads; i++) {
        if (start_thread(loader, i, &address, err) != 0) {
            end_threads(loader, i);
            return -1;
        }
    }
    *ret_loader = loader;
    return 0;
}

void loader_free(struct loader *loader)
{
    if (loader != NULL) {
        end_threads(loader, loader->options.threads);
    }
}

void loader_start(struct loader *loader, const struct planned_step *step)
{
    loader_start_at(loader, step, clock_now_ns() + START_MARGIN_NS);
}

void loader_start_at(struct loader *loader, const struct planned_step *step, uint64_t start_ns)
{
    unsigned threads = loader->options.threads;

    loader->step = step;
    loader->start_ns = start_ns;
    uv_mutex_lock(&loader->mutex);
    loader->running = threads;
    uv_mutex_unlock(&loader->mutex);
    for (unsigned i = 0; i < threads; i++) {
        atomic_store(&loader->threads[i].worker.stop, false);
        worker_forget_live(&loader->threads[i].worker);
        uv_sem_post(&loader->threads[i].start);
    }
}

bool loader_wait(struct loader *loader, uint64_t timeout_ns)
{
    uint64_t until_ns = clock_now_ns() + timeout_ns;
    uv_mutex_lock(&loader->mutex);
    for (uint64_t now_ns = clock_now_ns(); loader->running > 0 && now_ns < until_ns; now_ns = clock_now_ns()) {
        uv_cond_timedwait(&loader->over, &loader->mutex, until_ns - now_ns);
    }
    bool over = loader->running == 0;
    uv_mutex_unlock(&loader->mutex);
    return over;
}

void loader_finish(struct loader *loader, struct load_record *ret_record)
{
    loader_finish_part(loader, ret_record);
    stall_list_settle(&ret_record->stalls, ret_record->tally.completed, ret_record->measured_ns);
}

void loader_finish_part(struct loader *loader, struct load_record *ret_record)
{
    struct load_record sum;

    load_record_init(&sum, loader->threads[0].record.interval_count);
    load_record_init_requests(&sum, loader->options.traffic->request_count);
    for (size_t i = 0; i < sum.request_count; i++) {
        sum.requests[i].name = mem_string(loader->options.traffic->requests[i].name);
        if (loader->options.traffic->requests[i].has_limits) {
            load_record_follow(&sum, i);
        }
    }
    for (unsigned i = 0; i < loader->options.threads; i++) {
        atomic_store(&loader->threads[i].worker.live.first_wrong, NULL);
        load_record_add(&sum, &loader->threads[i].record);
        load_record_release(&loader->threads[i].record);
    }
    *ret_record = sum;
}

void loader_live(struct loader *loader, struct loader_live *ret_live)
{
    struct loader_live sum = {0};
    for (unsigned i = 0; i < loader->options.threads; i++) {
        struct worker_live *live = &loader->threads[i].worker.live;
        uint64_t p50_ns = atomic_load_explicit(&live->p50_ns, memory_order_relaxed);
        uint64_t p99_ns = atomic_load_explicit(&live->p99_ns, memory_order_relaxed);
        sum.offered += atomic_load_explicit(&live->offered, memory_order_relaxed);
        sum.completed += atomic_load_explicit(&live->completed, memory_order_relaxed);
        sum.good += atomic_load_explicit(&live->good, memory_order_relaxed);
        sum.in_flight += atomic_load_explicit(&live->in_flight, memory_order_relaxed);
        sum.connections += atomic_load_explicit(&live->connections, memory_order_relaxed);
        sum.p50_ns = p50_ns > sum.p50_ns ? p50_ns : sum.p50_ns;
        sum.p99_ns = p99_ns > sum.p99_ns ? p99_ns : sum.p99_ns;
    }
    *ret_live = sum;
}

const struct wrong_response *loader_first_wrong(struct loader *loader)
{
    const struct wrong_response *first = NULL;

    for (unsigned i = 0; i < loader->options.threads; i++) {
        const struct wrong_response *wrong =
            atomic_load_explicit(&loader->threads[i].worker.live.first_wrong, memory_order_acquire);
        if (wrong != NULL && (first == NULL || wrong->at_ns < first->at_ns)) {
            first = wrong;
        }
    }
    return first;
}

const char *loader_trouble(const struct loader *loader)
{
    const char *trouble = NULL;
    for (unsigned i = 0; i < loader->options.threads && trouble == NULL; i++) {
        trouble = loader->threads[i].worker.dispatch.pool.transport->trouble;
    }
    return trouble;
}

void loader_stop(struct loader *loader)
{
    for (unsigned i = 0; i < loader->options.threads; i++) {
        worker_stop(&loader->threads[i].worker);
    }
}
