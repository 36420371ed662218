#include "plan/scenario/needs.h"

#include "base/clock.h"

static const char *const needs_keys[] = {"upstream", "database", NULL};
static const char *const upstream_keys[] = {"delay", "spread", "failures", "at_once", NULL};
static const char *const spreads[] = {"fixed", "exponential", NULL};
static const char *const databases[] = {"postgresql", NULL};

/* What backends give up on a call after; a longer delay would only try that. */
static const uint64_t delay_most_ns = 2 * CLOCK_SECOND_NS;

/* More calls than a machine has connections for. */
static const int64_t at_once_most = 1000000;

static int read_upstream(struct needs *needs, const struct json_at *at, struct error *err)
{
    struct json_at delay, spread, failures, at_once;
    int64_t most = 0;
    int choice = 0;

    if (json_check_object(at, upstream_keys, err) != 0 || json_need(at, "delay", "\"20ms\"", &delay, err) != 0 ||
        json_read_duration(&delay, &needs->upstream_delay_ns, err) != 0) {
        return -1;
    }
    if (needs->upstream_delay_ns > delay_most_ns) {
        return json_expected(&delay, err, "a time above 0 and up to 2s, after which backends give a call up");
    }
    json_find(at, "spread", &spread);
    json_find(at, "failures", &failures);
    json_find(at, "at_once", &at_once);
    if ((spread.value != NULL && json_read_choice(&spread, spreads, &choice, err) != 0) ||
        (failures.value != NULL && json_read_share(&failures, &needs->upstream_failure_share, err) != 0) ||
        (at_once.value != NULL && json_read_integer(&at_once, 1, at_once_most, &most, err) != 0)) {
        return -1;
    }
    needs->upstream_at_once = (uint64_t)most;
    needs->upstream_exponential = choice == 1;
    needs->upstream = true;
    return 0;
}

int needs_read(struct needs *needs, const struct json_at *at, struct error *err)
{
    struct json_at upstream, database;
    struct needs read = {0};
    int choice;

    if (json_check_object(at, needs_keys, err) != 0) {
        return -1;
    }
    json_find(at, "upstream", &upstream);
    json_find(at, "database", &database);
    if ((upstream.value != NULL && read_upstream(&read, &upstream, err) != 0) ||
        (database.value != NULL && json_read_choice(&database, databases, &choice, err) != 0)) {
        return -1;
    }
    read.database = database.value != NULL;
    if (!read.upstream && !read.database) {
        return json_reject(at, err,
                           "expected \"upstream\" or \"database\" in it; remove the key where nothing is needed");
    }
    *needs = read;
    return 0;
}
