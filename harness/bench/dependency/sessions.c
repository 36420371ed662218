#include "bench/dependency/sessions.h"

#include "base/clock.h"

#include <stddef.h>
#include <stdint.h>

static const char activity[] =
    "select count(*), count(*) filter (where state = 'active'),"
    " count(*) filter (where state like 'idle in transaction%'),"
    " count(*) filter (where state = 'active' and wait_event_type = 'Lock'),"
    " count(*) filter (where state = 'active' and wait_event_type in ('LWLock', 'BufferPin')),"
    " count(*) filter (where state = 'active' and wait_event_type = 'IO')"
    " from pg_stat_activity where backend_type = 'client backend' and datname = current_database()"
    " and pid <> pg_backend_pid()";

void sessions_ask(struct database *database)
{
    database_ask(database, activity);
}

bool sessions_read(struct database *database, struct session_sample *ret_sample)
{
    uint64_t counts[6];

    if (!database_answered(database, counts, sizeof counts / sizeof counts[0])) {
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
