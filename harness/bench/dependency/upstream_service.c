#include "bench/dependency/upstream_service.h"

#include "base/clock.h"
#include "base/mem.h"
#include "contract/verify/ready.h"
#include "host/process/port.h"

#include <signal.h>
#include <stdlib.h>

#define READY_TIMEOUT_NS (10 * CLOCK_SECOND_NS)
#define AGAIN_TIMEOUT_NS (2 * CLOCK_SECOND_NS)
#define CLIENT_NS        (5 * CLOCK_SECOND_NS)
#define WATCHER_NS       (CLOCK_SECOND_NS / 2)
#define STOP_PATIENCE_NS (2 * CLOCK_SECOND_NS)

/* The words of its command line that are made for it. */
struct words {
    char *port, *delay, *failures, *seed, *at_once;
};

static struct words words_make(const struct needs *needs, uint16_t port, uint64_t seed)
{
    return (struct words){
        .port = mem_format("%u", port),
        .delay = mem_format("%lluns", (unsigned long long)needs->upstream_delay_ns),
        .failures = mem_format("%.4f%%", needs->upstream_failure_share * 100),
        .seed = mem_format("%llu", (unsigned long long)(seed > 0 ? seed : 1)),
        .at_once = mem_format("%llu", (unsigned long long)needs->upstream_at_once),
    };
}

static void words_release(struct words *words)
{
    free(words->port);
    free(words->delay);
    free(words->failures);
    free(words->seed);
    free(words->at_once);
}

static int start_process(struct upstream_service *upstream, const struct upstream_start *options, struct error *err)
{
    const struct needs *needs = options->needs;
    struct words words = words_make(needs, upstream->port, options->seed);
    char *spread = needs->upstream_exponential ? "exponential" : "fixed";
    char *at_once = needs->upstream_at_once > 0 ? "--at-once" : NULL; /* NULL ends the command line */
    char *argv[] = {"twofold-upstream", "upstream", "--port", words.port,    "--delay",
                    words.delay,        "--spread", spread,   "--failures",  words.failures,
                    "--seed",           words.seed, at_once,  words.at_once, NULL};
    struct child_options child = {.program = "/proc/self/exe", .argv = argv, .cores = options->cores};
    int result = service_start(&upstream->service, &child, err);

    words_release(&words);
    return result;
}

struct ready_wait {
    struct service *service;
    const atomic_bool *stop;
};

static bool worth_waiting(void *context)
{
    const struct ready_wait *wait = context;
    struct ending ending;

    return !service_ended(wait->service, &ending) && (wait->stop == NULL || !atomic_load(wait->stop));
}

static int wait_ready(struct upstream_service *upstream, const struct upstream_start *options, uint64_t timeout_ns,
                      struct error *err)
{
    struct ready_wait context = {.service = upstream->service, .stop = options->stop};
    struct verify_wait wait = {.path = "/healthz",
                               .timeout_ns = timeout_ns,
                               .alive = worth_waiting,
                               .service = &context};
    struct error why = {0};
    uint64_t ready_ns;

    if (verify_ready(upstream->url, &wait, &ready_ns, &why) == 0) {
        return 0;
    }
    if (options->stop != NULL && atomic_load(options->stop)) {
        return error_stopped(err);
    }
    return error_failed(err, "%s", why.message);
}

static int make_clients(struct upstream_service *upstream, const struct upstream_start *options, struct error *err)
{
    upstream->client = client_new(upstream->url, CLIENT_NS, err);
    if (upstream->client == NULL) {
        return -1;
    }
    client_stop_by(upstream->client, options->stop);
    upstream->watcher = client_new(upstream->url, WATCHER_NS, err);
    return upstream->watcher != NULL ? 0 : -1;
}

int upstream_service_start(struct upstream_service *upstream, const struct upstream_start *options, struct error *err)
{
    struct upstream_service started = {0};

    if (port_find_free(&started.port, err) != 0) {
        return error_context(err, "the upstream service");
    }
    started.rule.failing_of_million = (uint32_t)(options->needs->upstream_failure_share * UPSTREAM_MILLION + 0.5);
    started.url = mem_format("http://127.0.0.1:%u", started.port);
    if (start_process(&started, options, err) != 0 || wait_ready(&started, options, READY_TIMEOUT_NS, err) != 0 ||
        make_clients(&started, options, err) != 0) {
        upstream_service_stop(&started);
        return error_context(err, "the upstream service");
    }
    *upstream = started;
    return 0;
}

static void end_process(struct upstream_service *upstream)
{
    service_stop(upstream->service, STOP_PATIENCE_NS, NULL);
    service_free(upstream->service);
    upstream->service = NULL;
}

int upstream_service_mend(struct upstream_service *upstream, const struct upstream_start *options, struct error *err)
{
    if (!upstream_service_ended(upstream)) {
        kill(service_pid(upstream->service), SIGCONT);
        if (wait_ready(upstream, options, AGAIN_TIMEOUT_NS, NULL) == 0) {
            return 0;
        }
    }
    if (upstream->service != NULL) {
        end_process(upstream);
    }
    if (start_process(upstream, options, err) != 0) {
        return -1;
    }
    return wait_ready(upstream, options, READY_TIMEOUT_NS, err);
}

bool upstream_service_ended(const struct upstream_service *upstream)
{
    struct ending ending;

    return upstream->service == NULL || service_ended(upstream->service, &ending);
}

void upstream_service_stop(struct upstream_service *upstream)
{
    client_free(upstream->client);
    client_free(upstream->watcher);
    if (upstream->service != NULL) {
        end_process(upstream);
    }
    free(upstream->url);
    *upstream = (struct upstream_service){0};
}
