#include "bench/dependency/upstream_service.h"

#include "base/clock.h"
#include "base/mem.h"
#include "contract/verify/ready.h"
#include "host/process/port.h"

#include <stdlib.h>

#define READY_TIMEOUT_NS (10 * CLOCK_SECOND_NS)
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

static int start_process(struct upstream_service *upstream, const struct needs *needs, const struct core_set *cores,
                         const struct words *words, struct error *err)
{
    char *spread = needs->upstream_exponential ? "exponential" : "fixed";
    char *at_once = needs->upstream_at_once > 0 ? "--at-once" : NULL; /* NULL ends the command line */
    char *argv[] = {"twofold-upstream", "upstream",  "--port", words->port,    "--delay",
                    words->delay,       "--spread",  spread,   "--failures",   words->failures,
                    "--seed",           words->seed, at_once,  words->at_once, NULL};

    return service_start(&upstream->service,
                         &(struct child_options){.program = "/proc/self/exe", .argv = argv, .cores = cores}, err);
}

static int make_clients(struct upstream_service *upstream, struct error *err)
{
    struct verify_wait wait = {.timeout_ns = READY_TIMEOUT_NS};
    uint64_t ready_ns;

    if (verify_ready(upstream->url, &wait, &ready_ns, err) != 0) {
        return -1;
    }
    upstream->client = client_new(upstream->url, CLIENT_NS, err);
    if (upstream->client == NULL) {
        return -1;
    }
    upstream->watcher = client_new(upstream->url, WATCHER_NS, err);
    if (upstream->watcher == NULL) {
        return -1;
    }
    return 0;
}

int upstream_service_start(struct upstream_service *upstream, const struct needs *needs, const struct core_set *cores,
                           uint64_t seed, struct error *err)
{
    struct upstream_service started = {0};
    uint16_t port;

    if (port_find_free(&port, err) != 0) {
        return error_context(err, "the upstream service");
    }
    started.rule.failing_of_million = (uint32_t)(needs->upstream_failure_share * UPSTREAM_MILLION + 0.5);
    started.url = mem_format("http://127.0.0.1:%u", port);
    struct words words = words_make(needs, port, seed);
    int result = start_process(&started, needs, cores, &words, err);
    if (result == 0) {
        result = make_clients(&started, err);
    }
    words_release(&words);
    if (result != 0) {
        upstream_service_stop(&started);
        return error_context(err, "the upstream service");
    }
    *upstream = started;
    return 0;
}

void upstream_service_stop(struct upstream_service *upstream)
{
    client_free(upstream->client);
    client_free(upstream->watcher);
    if (upstream->service != NULL) {
        service_stop(upstream->service, STOP_PATIENCE_NS, NULL);
        service_free(upstream->service);
    }
    free(upstream->url);
    *upstream = (struct upstream_service){0};
}
