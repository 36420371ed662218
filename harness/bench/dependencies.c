#include "bench/dependencies.h"

#include "base/mem.h"
#include "bench/instance.h"
#include "bench/order_tables.h"
#include "verify/ready.h"

#include <stdlib.h>
#include <string.h>

#define READY_TIMEOUT_NS UINT64_C(10000000000)
#define STOP_PATIENCE_NS UINT64_C(2000000000)

/* The contract's pool rule, and room for the harness's own connections and the server's reserve. */
#define CONNECTIONS_A_CORE 8
#define CONNECTIONS_BESIDE 20

/* ---- the upstream: this program itself, under another name ---- */

static int start_upstream(struct dependencies *dependencies, const struct dependencies_options *options,
                          struct error *err)
{
    const struct needs *needs = options->needs;
    struct verify_wait wait = {.timeout_ns = READY_TIMEOUT_NS};
    uint64_t ready_ns;

    dependencies->rule.failing_of_million = (uint32_t)(needs->upstream_failure_share * UPSTREAM_MILLION + 0.5);
    if (service_free_port(&dependencies->upstream_port, err) != 0) {
        return -1;
    }
    char *port = mem_format("%u", dependencies->upstream_port);
    char *delay = mem_format("%lluns", (unsigned long long)needs->upstream_delay_ns);
    char *failures = mem_format("%.4f%%", needs->upstream_failure_share * 100);
    char *seed = mem_format("%llu", (unsigned long long)(options->seed > 0 ? options->seed : 1));
    char *argv[] = {"/proc/self/exe",
                    "upstream",
                    "--port",
                    port,
                    "--delay",
                    delay,
                    "--spread",
                    needs->upstream_exponential ? "exponential" : "fixed",
                    "--failures",
                    failures,
                    "--seed",
                    seed,
                    NULL};
    int result =
        service_start(&dependencies->upstream, &(struct child_options){.argv = argv, .cores = options->cores}, err);
    dependencies->upstream_url = mem_format("http://" INSTANCE_HOST ":%u", dependencies->upstream_port);
    if (result == 0) {
        result = verify_ready(dependencies->upstream_url, &wait, &ready_ns, err);
    }
    free(port);
    free(delay);
    free(failures);
    free(seed);
    return result != 0 ? error_context(err, "the upstream service") : 0;
}

/* ---- the database ---- */

static int start_database(struct dependencies *dependencies, const struct dependencies_options *options,
                          struct error *err)
{
    const char *given = getenv("DATABASE_URL");

    dependencies->database_given = given != NULL && given[0] != '\0';
    if (dependencies->database_given) {
        dependencies->database_url = mem_string(given);
    } else {
        struct cluster_options cluster = {.cores = options->cores,
                                          .connections_most =
                                              CONNECTIONS_A_CORE * options->service_cores + CONNECTIONS_BESIDE,
                                          .stop = options->stop};
        if (cluster_start(&dependencies->cluster, &cluster, err) != 0) {
            return -1;
        }
        dependencies->database_url = mem_string(cluster_url(&dependencies->cluster));
    }
    return database_open(&dependencies->database, dependencies->database_url, err) != 0
               ? -1
               : order_tables_make(dependencies->database, 0, err);
}

/* ---- both ---- */

static void set_variables(struct dependencies *dependencies)
{
    size_t count = 0;

    if (dependencies->upstream_url != NULL) {
        dependencies->variables[count++] = mem_format("UPSTREAM_URL=%s", dependencies->upstream_url);
    }
    if (dependencies->database_url != NULL) {
        dependencies->variables[count++] = mem_format("DATABASE_URL=%s", dependencies->database_url);
    }
}

int dependencies_start(struct dependencies *dependencies, const struct dependencies_options *options, struct error *err)
{
    struct dependencies started = {0};

    if ((options->needs->upstream && start_upstream(&started, options, err) != 0) ||
        (options->needs->database && start_database(&started, options, err) != 0)) {
        dependencies_stop(&started);
        return -1;
    }
    set_variables(&started);
    *dependencies = started;
    return 0;
}

void dependencies_stop(struct dependencies *dependencies)
{
    if (dependencies->upstream != NULL) {
        service_stop(dependencies->upstream, STOP_PATIENCE_NS, NULL);
        service_free(dependencies->upstream);
    }
    database_close(dependencies->database);
    cluster_stop(&dependencies->cluster);
    for (size_t i = 0; dependencies->variables[i] != NULL; i++) {
        free(dependencies->variables[i]);
    }
    free(dependencies->upstream_url);
    free(dependencies->database_url);
    *dependencies = (struct dependencies){0};
}

int dependencies_reset(struct dependencies *dependencies, unsigned orders, struct error *err)
{
    return dependencies->database != NULL ? order_tables_make(dependencies->database, orders, err) : 0;
}
