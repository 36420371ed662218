/* cluster_fixture: a PostgreSQL for a test, which is skipped on a machine without one. */
#ifndef TWOFOLD_TESTS_SUPPORT_CLUSTER_FIXTURE_H
#define TWOFOLD_TESTS_SUPPORT_CLUSTER_FIXTURE_H

#include "bench/postgres/cluster.h"
#include "test.h"

#include <string.h>

/* Skips the test where PostgreSQL is not installed. Any other reason why it does not start is a failure. */
static inline void cluster_start_or_skip(struct cluster *cluster)
{
    struct error err = {0};

    if (cluster_start(cluster, &(struct cluster_options){.connections_most = 20}, &err) != 0) {
        if (strstr(err.message, "not installed") != NULL || strstr(err.message, "without libpq") != NULL) {
            print_message("skipped: %s\n", err.message);
            skip();
        }
        fail_msg("%s", err.message);
    }
}

#endif
