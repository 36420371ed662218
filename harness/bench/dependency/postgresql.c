#include "bench/dependency/postgresql.h"

#include "base/mem.h"

#include <stdlib.h>

static int find(struct postgresql *postgresql, const struct cluster_options *options, struct error *err)
{
    const char *given = getenv("DATABASE_URL");

    postgresql->given = given != NULL && given[0] != '\0';
    if (postgresql->given) {
        postgresql->url = mem_string(given);
        return 0;
    }
    if (cluster_start(&postgresql->cluster, options, err) != 0) {
        return -1;
    }
    postgresql->url = mem_string(cluster_url(&postgresql->cluster));
    return 0;
}

int postgresql_start(struct postgresql *postgresql, const struct cluster_options *options, struct error *err)
{
    struct postgresql started = {0};

    if (find(&started, options, err) != 0 || database_open(&started.database, started.url, err) != 0) {
        postgresql_stop(&started);
        return -1;
    }
    *postgresql = started;
    return 0;
}

void postgresql_stop(struct postgresql *postgresql)
{
    database_close(postgresql->database);
    cluster_stop(&postgresql->cluster);
    free(postgresql->url);
    *postgresql = (struct postgresql){0};
}

pid_t postgresql_pid(const struct postgresql *postgresql)
{
    return postgresql->given ? 0 : cluster_pid(&postgresql->cluster);
}
