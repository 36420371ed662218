#include "plan/scenario/doubling.h"

#include "base/mem.h"
#include "plan/scenario/slow_pace.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

static const char *const double_keys[] = {"what", "from", "steps", "rate", "slow", "variable", NULL};

/* What a service is given in any case. */
static const char *const given[] = {"HOST", "PORT", "CORES", "MEMORY", "UPSTREAM_URL", "DATABASE_URL"};

static const int64_t steps_most = 24;

static const char *const names[] = {[DOUBLING_RATE] = "rate",
                                    [DOUBLING_CONNECTIONS] = "connections",
                                    [DOUBLING_OPEN] = "open_connections",
                                    [DOUBLING_SLOW] = "slow_connections",
                                    [DOUBLING_SESSIONS] = "sessions",
                                    [DOUBLING_SUBSCRIBERS] = "subscribers",
                                    [DOUBLING_VALUE] = "value"};

const char *doubling_name(enum doubling doubling)
{
    return names[doubling];
}

bool doubling_of_connections(enum doubling doubling)
{
    return doubling == DOUBLING_CONNECTIONS || doubling == DOUBLING_OPEN || doubling == DOUBLING_SLOW ||
           doubling == DOUBLING_SUBSCRIBERS;
}

bool doubling_has_rate(enum doubling doubling)
{
    return doubling == DOUBLING_VALUE || doubling == DOUBLING_OPEN || doubling == DOUBLING_SLOW;
}

static int find_level(struct scenario *scenario, const struct json_at *what, const char *name, struct error *err)
{
    for (size_t i = 0; i < scenario->traffic.value_count; i++) {
        const struct value *value = &scenario->traffic.values[i];
        if (strcmp(value->name, name) != 0) {
            continue;
        }
        if (!value_follows_level(value)) {
            return json_reject(what, err, "the value \"%s\" has numbers of its own; declare it as {\"level\": true}",
                               name);
        }
        scenario->doubling = DOUBLING_VALUE;
        scenario->doubled_value = i;
        return 0;
    }
    return json_expected(
        what, err,
        "\"rate\", \"connections\", \"open_connections\", \"slow_connections\", \"sessions\", \"subscribers\" or the "
        "name of a value declared as {\"level\": true}");
}

static int read_what(struct scenario *scenario, const struct json_at *at, struct error *err)
{
    struct json_at what;
    const char *name;

    if (json_need(at, "what", "\"rate\"", &what, err) != 0 || json_read_line(&what, &name, err) != 0) {
        return -1;
    }
    for (int i = 0; i < DOUBLING_VALUE; i++) {
        if (strcmp(name, names[i]) == 0) {
            scenario->doubling = (enum doubling)i;
            return 0;
        }
    }
    return find_level(scenario, &what, name, err);
}

/* How many numbers a request has for each one of the level; 1 where no list of numbers doubles. */
static int64_t numbers_each(const struct scenario *scenario)
{
    const struct value *value;

    if (scenario->doubling != DOUBLING_VALUE) {
        return 1;
    }
    value = &scenario->traffic.values[scenario->doubled_value];
    return value->type == VALUE_NUMBERS ? value->each : 1;
}

static int read_levels(struct scenario *scenario, const struct json_at *at, struct error *err)
{
    int64_t most = doubling_of_connections(scenario->doubling) ? DOUBLING_CONNECTIONS_MOST : DOUBLING_LEVEL_MOST;
    struct json_at from_at;
    struct json_at steps_at;
    int64_t from;
    int64_t steps;

    if (json_need(at, "from", "500", &from_at, err) != 0 || json_read_integer(&from_at, 1, most, &from, err) != 0 ||
        json_need(at, "steps", "9", &steps_at, err) != 0 ||
        json_read_integer(&steps_at, 1, steps_most, &steps, err) != 0) {
        return -1;
    }
    int64_t last = from << (steps - 1);
    int64_t each = numbers_each(scenario);
    if (last > most / each && each > 1) {
        return json_reject(at, err,
                           "the last of the steps would be at %" PRId64 ", each of %" PRId64 " numbers, above %" PRId64
                           " in all; lower \"from\" or \"steps\"",
                           last, each, most);
    }
    if (last > most) {
        return json_reject(at, err,
                           "the last of the steps would be at %" PRId64 ", above %" PRId64
                           "; lower \"from\" or \"steps\"",
                           last, most);
    }
    scenario->from = (uint64_t)from;
    scenario->steps = (unsigned)steps;
    return 0;
}

static int read_rate(struct scenario *scenario, const struct json_at *at, struct error *err)
{
    struct json_at member;
    int64_t rate;

    json_find(at, "rate", &member);
    if (!doubling_has_rate(scenario->doubling)) {
        if (member.value != NULL) {
            return json_reject(
                &member, err,
                "remove this key: it is the fixed rate where double.what is a value, \"open_connections\" or "
                "\"slow_connections\"");
        }
        return 0;
    }
    if (member.value == NULL) {
        return json_reject(at, err,
                           "the key \"rate\" is missing: the requests per second while something else doubles");
    }
    if (json_read_integer(&member, 1, DOUBLING_LEVEL_MOST, &rate, err) != 0) {
        return -1;
    }
    scenario->rate = (uint64_t)rate;
    return 0;
}

static bool is_given(const char *name)
{
    bool found = false;

    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        found = found || strcmp(name, given[i]) == 0;
    }
    return found;
}

/* Of a value that doubles: the service is started anew with it. */
static int read_variable(struct scenario *scenario, const struct json_at *at, struct error *err)
{
    struct json_at member;
    const char *name;

    json_find(at, "variable", &member);
    if (member.value == NULL) {
        return 0;
    }
    if (scenario->doubling != DOUBLING_VALUE) {
        return json_reject(&member, err, "remove this key: it goes with a value in double.what only");
    }
    if (json_read_line(&member, &name, err) != 0) {
        return -1;
    }
    size_t good = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    if (name[good] != '\0' || (name[0] >= '0' && name[0] <= '9')) {
        return json_expected(&member, err, "the name of an environment variable: A-Z, 0-9 and _, no digit first");
    }
    if (is_given(name)) {
        return json_reject(&member, err, "every service is given %s already; take another name", name);
    }
    scenario->variable = mem_string(name);
    return 0;
}

/* A second level would be the same number as the first, and one beside a doubling rate would say the rate. */
static int check_levels(const struct scenario *scenario, const struct json_at *top, struct error *err)
{
    for (size_t i = 0; i < scenario->traffic.value_count; i++) {
        bool doubled = scenario->doubling == DOUBLING_VALUE && scenario->doubled_value == i;
        if (value_follows_level(&scenario->traffic.values[i]) && !doubled) {
            struct json_at values;
            struct json_at value;
            json_find(top, "values", &values);
            json_find(&values, scenario->traffic.values[i].name, &value);
            return json_reject(&value, err, "a level must be what doubles; name this value in double.what");
        }
    }
    return 0;
}

/* Each says what the other means. */
static int check_sessions(const struct scenario *scenario, const struct json_at *top, const struct json_at *at,
                          struct error *err)
{
    bool doubles = scenario->doubling == DOUBLING_SESSIONS, there = scenario->traffic.session_count > 0;
    struct json_at sessions, what;

    json_find(top, "sessions", &sessions);
    json_find(at, "what", &what);
    if (doubles && !there) {
        return json_reject(&what, err, "the scenario has no \"sessions\", whose users a second would double");
    }
    if (there && !doubles) {
        return json_expected(&what, err, "\"sessions\", because the scenario has sessions");
    }
    return 0;
}

int doubling_read(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at at;

    if (json_need(top, "double", "{\"what\": \"rate\", \"from\": 500, \"steps\": 9}", &at, err) != 0 ||
        json_check_object(&at, double_keys, err) != 0 || read_what(scenario, &at, err) != 0 ||
        check_sessions(scenario, top, &at, err) != 0 || read_levels(scenario, &at, err) != 0 ||
        read_rate(scenario, &at, err) != 0 || slow_pace_read(scenario, &at, err) != 0 ||
        read_variable(scenario, &at, err) != 0) {
        return -1;
    }
    return check_levels(scenario, top, err);
}
