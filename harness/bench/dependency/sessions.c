#include "bench/dependency/sessions.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stddef.h>

#define WAIT_MOST_NS  (5 * CLOCK_SECOND_NS)
#define LOOK_AGAIN_NS (20 * CLOCK_MILLISECOND_NS)

#define OTHERS                                                                                                         \
    " from pg_stat_activity where backend_type = 'client backend' and datname = current_database()"                    \
    " and pid <> pg_backend_pid()"

static const char activity[] =
    "select count(*), count(*) filter (where state = 'active'),"
    " count(*) filter (where state like 'idle in transaction%'),"
    " count(*) filter (where state = 'active' and wait_event_type = 'Lock'),"
    " count(*) filter (where state = 'active' and wait_event_type in ('LWLock', 'BufferPin')),"
    " count(*) filter (where state = 'active' and wait_event_type = 'IO')" OTHERS;

void sessions_ask(struct database *database)
{
    database_send(database, activity);
}

bool sessions_read(struct database *database, struct session_sample *ret_sample)
{
    uint64_t counts[6];

    if (!database_taken(database, counts, sizeof counts / sizeof counts[0])) {
        return false;
    }
    *ret_sample = (struct session_sample){.at_ns = clock_now_ns(),
                                          .sessions = counts[0],
                                          .active = counts[1],
                                          .idle_open = counts[2],
                                          .on_locks = counts[3],
                                          .on_inner = counts[4],
                                          .on_disk = counts[5]};
    return true;
}

int sessions_count(struct database *database, uint64_t *ret_count, struct error *err)
{
    return database_counts(database, "select count(*)" OTHERS, ret_count, 1, err);
}

int sessions_wait_until_none(struct database *database, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + WAIT_MOST_NS, others;

    for (;;) {
        if (sessions_count(database, &others, err) != 0) {
            return -1;
        }
        if (others == 0) {
            return 0;
        }
        if (clock_now_ns() > until_ns) {
            return error_failed(err, "the database: %" PRIu64 " connections are still open though the service is gone",
                                others);
        }
        clock_sleep_ns(LOOK_AGAIN_NS);
    }
}
