/* The reference service: the catalog's reads in C, as fast as HTTP on libuv goes. */
#include "catalog.h"
#include "server.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <uv.h>

#define CORES_MOST 256
#define BURN_MOST  1000000000

struct service {
    struct catalog catalog;
    struct sockaddr_in address;
    long cores, burn_ns;
    struct server *servers; /* one a core */
    uv_thread_t *threads;   /* of all but the first */
    uv_signal_t terminated, interrupted;
};

static int complain(const char *what, const char *why)
{
    fprintf(stderr, "reference-server: %s: %s\n", what, why);
    return -1;
}

/* The variable as a number from 1 to `most`; `otherwise` when it is not set. */
static int read_number(const char *name, long most, long otherwise, long *ret_number)
{
    const char *text = getenv(name);
    char *end = NULL;
    long number = text != NULL ? strtol(text, &end, 10) : otherwise;

    if (text != NULL && (end == text || *end != '\0' || number < 1 || number > most)) {
        return complain(name, "not a number that it can be");
    }
    *ret_number = number;
    return 0;
}

static int read_environment(struct service *service)
{
    const char *host = getenv("HOST");
    long port;

    if (read_number("PORT", 65535, 8080, &port) != 0 || read_number("CORES", CORES_MOST, 1, &service->cores) != 0 ||
        read_number("BURN_NS", BURN_MOST, 0, &service->burn_ns) != 0) {
        return -1;
    }
    host = host != NULL ? host : "127.0.0.1";
    int status = uv_ip4_addr(host, (int)port, &service->address);
    return status != 0 ? complain(host, uv_strerror(status)) : 0;
}

/* Every connection is a descriptor: ask for as many as the system lets us. */
static void raise_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void on_signal(uv_signal_t *watcher, int number)
{
    struct service *service = watcher->data;
    (void)number;
    uv_close((uv_handle_t *)&service->terminated, NULL);
    uv_close((uv_handle_t *)&service->interrupted, NULL);
    signal(SIGTERM, SIG_IGN); /* asked twice is asked once; a second SIGINT ends it at once */
    for (long i = 0; i < service->cores; i++) {
        server_stop(&service->servers[i]);
    }
}

static int watch_signals(struct service *service)
{
    uv_loop_t *loop = &service->servers[0].loop;
    service->terminated.data = service->interrupted.data = service;
    if (uv_signal_init(loop, &service->terminated) != 0 || uv_signal_init(loop, &service->interrupted) != 0 ||
        uv_signal_start(&service->terminated, on_signal, SIGTERM) != 0 ||
        uv_signal_start(&service->interrupted, on_signal, SIGINT) != 0) {
        return complain("signals", "cannot be watched");
    }
    signal(SIGPIPE, SIG_IGN);
    return 0;
}

static void run_server(void *server)
{
    server_run(server);
}

static int serve(struct service *service)
{
    for (long i = 0; i < service->cores; i++) {
        service->servers[i].burn_ns = (uint64_t)service->burn_ns;
        int status =
            server_start(&service->servers[i], &service->catalog, &service->address, service->cores > 1, i == 0);
        if (status != 0) {
            return complain("cannot listen", uv_strerror(status));
        }
    }
    if (watch_signals(service) != 0) {
        return -1;
    }
    for (long i = 1; i < service->cores; i++) {
        if (uv_thread_create(&service->threads[i], run_server, &service->servers[i]) != 0) {
            return complain("threads", "cannot be started");
        }
    }
    server_run(&service->servers[0]);
    for (long i = 1; i < service->cores; i++) {
        uv_thread_join(&service->threads[i]);
    }
    return 0;
}

int main(void)
{
    struct service service = {0};
    if (read_environment(&service) != 0) {
        return EXIT_FAILURE;
    }
    service.servers = calloc((size_t)service.cores, sizeof *service.servers);
    service.threads = calloc((size_t)service.cores, sizeof *service.threads);
    raise_descriptors();
    catalog_seed(&service.catalog);
    if (service.servers == NULL || service.threads == NULL || serve(&service) != 0) {
        exit(EXIT_FAILURE); /* with what half started: the system takes it back */
    }
    free(service.threads);
    free(service.servers);
    return EXIT_SUCCESS;
}
