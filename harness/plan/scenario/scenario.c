#include "plan/scenario/scenario.h"

#include "base/clock.h"
#include "base/mem.h"
#include "plan/scenario/doubling.h"
#include "plan/scenario/subscribers.h"
#include "plan/scenario/time_range.h"
#include "plan/scenario/warmup.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *const scenario_keys[] = {"$schema",     "schema", "name",  "why",      "requests",         "values",
                                            "double",      "step",   "soak",  "arrivals", "deadline",         "seed",
                                            "connections", "limits", "needs", "sessions", "sessions_at_once", "restart",
                                            NULL};
static const char *const step_keys[] = {"warmup", "measure", "spikes", NULL};
static const char *const arrivals_names[] = {"poisson", "even", NULL};

static const int64_t connections_most = 20000; /* one client address has about 28,000 ports to connect from */
static const int64_t sessions_most = 1000000;  /* a user takes about 200 bytes, and what is captured */
static const int64_t spikes_most = 100;
static const int64_t seed_most = (INT64_C(1) << 53) - 1;

static int refuse_for_closed_load(const struct json_at *at, const char *key, struct error *err)
{
    struct json_at member;

    json_find(at, key, &member);
    if (member.value == NULL) {
        return 0;
    }
    return json_reject(&member, err, "remove this key: it has no meaning where double.what is \"connections\"");
}

/* ---- the rest ---- */

static int read_head(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    static const char lawful[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    struct json_at editor;
    struct json_at name;
    struct json_at why;
    const char *text;

    json_find(top, "$schema", &editor);
    if ((editor.value != NULL && json_read_line(&editor, &text, err) != 0) ||
        json_need(top, "name", "\"catalog\"", &name, err) != 0 || json_read_line(&name, &text, err) != 0) {
        return -1;
    }
    if (text[strspn(text, lawful)] != '\0') {
        return json_expected(&name, err, "a name of a-z, 0-9 and \"-\"");
    }
    scenario->name = mem_string(text);
    if (json_need(top, "why", "\"what it stands for\"", &why, err) != 0 || json_read_line(&why, &text, err) != 0) {
        return -1;
    }
    scenario->why = mem_string(text);
    return 0;
}

static int read_spikes(struct scenario *scenario, const struct json_at *step, struct error *err)
{
    struct json_at member;
    int64_t spikes;

    json_find(step, "spikes", &member);
    if (member.value == NULL) {
        return 0;
    }
    if (scenario->doubling == DOUBLING_CONNECTIONS) {
        return json_reject(&member, err, "remove this key: it has no meaning where double.what is \"connections\"");
    }
    if (json_read_integer(&member, 1, spikes_most, &spikes, err) != 0) {
        return -1;
    }
    scenario->spikes = (unsigned)spikes;
    return 0;
}

static int read_step(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at at;

    scenario->warmup_ns = 1 * CLOCK_SECOND_NS;
    scenario->measure_ns = 5 * CLOCK_SECOND_NS;
    json_find(top, "step", &at);
    if (at.value == NULL) {
        return 0;
    }
    if (warmup_check_keys(&at, step_keys, err) != 0 || warmup_read(&at, &scenario->warmup_ns, err) != 0 ||
        time_range_read(&time_range_measured, &at, "measure", &scenario->measure_ns, err) != 0) {
        return -1;
    }
    return read_spikes(scenario, &at, err);
}

static int read_open_load(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at arrivals;
    struct json_at connections;
    int choice = ARRIVALS_POISSON;
    int64_t most = 1024;

    if (scenario->doubling == DOUBLING_CONNECTIONS) {
        if (refuse_for_closed_load(top, "arrivals", err) != 0) {
            return -1;
        }
        return refuse_for_closed_load(top, "connections", err);
    }
    json_find(top, "arrivals", &arrivals);
    json_find(top, "connections", &connections);
    if (scenario->doubling == DOUBLING_OPEN && connections.value != NULL) {
        return json_reject(&connections, err, "remove this key: double.what says how many connections there are");
    }
    if ((arrivals.value != NULL && json_read_choice(&arrivals, arrivals_names, &choice, err) != 0) ||
        (connections.value != NULL && json_read_integer(&connections, 1, connections_most, &most, err) != 0)) {
        return -1;
    }
    scenario->arrivals = (enum arrivals)choice;
    scenario->connections_most = (unsigned)most;
    if (scenario->doubling == DOUBLING_OPEN || scenario->doubling == DOUBLING_SUBSCRIBERS) {
        scenario->connections_most = (unsigned)connections_most;
    }
    return 0;
}

static int read_sessions_at_once(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at member;
    int64_t most = 100000;

    json_find(top, "sessions_at_once", &member);
    if (member.value != NULL && scenario->doubling != DOUBLING_SESSIONS) {
        return json_reject(&member, err, "remove this key: there are no sessions");
    }
    if (member.value != NULL && json_read_integer(&member, 1, sessions_most, &most, err) != 0) {
        return -1;
    }
    scenario->sessions_most = scenario->doubling == DOUBLING_SESSIONS ? (unsigned)most : 0;
    return 0;
}

static int read_seed(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at member;
    int64_t seed = 1;

    json_find(top, "seed", &member);
    if (member.value != NULL && json_read_integer(&member, 0, seed_most, &seed, err) != 0) {
        return -1;
    }
    scenario->seed = (uint64_t)seed;
    return 0;
}

static int read_soak(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at member;

    json_find(top, "soak", &member);
    if (member.value == NULL) {
        return 0;
    }
    return soak_read(&scenario->soak, &member, err);
}

static int read_restart(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at member;

    json_find(top, "restart", &member);
    if (member.value != NULL && !json_is_true(member.value)) {
        return json_expected(&member, err, "true");
    }
    scenario->restart = member.value != NULL;
    return 0;
}

static int read_needs(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at member;

    json_find(top, "needs", &member);
    if (member.value == NULL) {
        return 0;
    }
    return needs_read(&scenario->needs, &member, err);
}

static int read_limits(struct scenario *scenario, const struct json_at *top, struct error *err)
{
    struct json_at member;

    json_find(top, "limits", &member);
    return limits_read(&scenario->limits, &member, err);
}

/* A later schema is named before its unknown keys are. */
static int check_schema(const struct json_at *top, struct error *err)
{
    struct json_at schema;

    if (json_check_object(top, NULL, err) != 0 || json_need(top, "schema", "1", &schema, err) != 0) {
        return -1;
    }
    if (json_integer_value(schema.value) != 1) {
        return json_expected(&schema, err, "1, the only schema that this twofold reads");
    }
    return json_check_object(top, scenario_keys, err);
}

/* `folder` is NULL for a text out of a run log. */
static int read_members(struct scenario *scenario, const struct json_at *top, const char *folder, struct error *err)
{
    scenario->deadline_ns = 1 * CLOCK_SECOND_NS;
    if (check_schema(top, err) != 0 || read_head(scenario, top, err) != 0 ||
        traffic_read(&scenario->traffic, top, folder, err) != 0 || doubling_read(scenario, top, err) != 0 ||
        subscribers_read(scenario, top, err) != 0 || read_step(scenario, top, err) != 0 ||
        read_open_load(scenario, top, err) != 0 || read_sessions_at_once(scenario, top, err) != 0 ||
        time_range_read(&time_range_any, top, "deadline", &scenario->deadline_ns, err) != 0 ||
        read_seed(scenario, top, err) != 0 || read_soak(scenario, top, err) != 0 ||
        read_needs(scenario, top, err) != 0 || read_restart(scenario, top, err) != 0) {
        return -1;
    }
    return read_limits(scenario, top, err) != 0
               ? -1
               : request_limits_read(&scenario->request_limits, top, &scenario->traffic, err);
}

bool scenario_has_faults(const struct scenario *scenario)
{
    bool found = false;

    for (size_t i = 0; i < scenario->traffic.request_count; i++) {
        found = found || scenario->traffic.requests[i].fault;
    }
    return found;
}

/* ---- files and texts ---- */

static int check_file_name(const struct scenario *scenario, const struct json_source *source, struct error *err)
{
    struct json_at top = json_top(source);
    struct json_at name;
    const char *slash = strrchr(source->name, '/');
    char *wanted = mem_format("%s.json", scenario->name);
    int result = 0;

    if (strcmp(slash == NULL ? source->name : slash + 1, wanted) != 0) {
        json_find(&top, "name", &name);
        result = json_reject(&name, err, "the file of the scenario \"%s\" must be called %s; rename either",
                             scenario->name, wanted);
    }
    free(wanted);
    return result;
}

static char *folder_of(const char *file)
{
    const char *slash = strrchr(file, '/');

    if (slash == NULL) {
        return mem_string(".");
    }
    return slash == file ? mem_string("/") : mem_copy(file, (size_t)(slash - file));
}

/* Takes the source. `folder` is NULL for a text out of a run log. */
static int read_source(struct scenario *scenario, struct json_source *source, const char *folder, struct error *err)
{
    struct scenario read = {0};
    struct json_at top = json_top(source);
    int result = -1;

    if (read_members(&read, &top, folder, err) != 0 || (folder != NULL && check_file_name(&read, source, err) != 0)) {
        scenario_release(&read);
    } else {
        read.text = mem_string(source->text);
        *scenario = read;
        result = 0;
    }
    json_source_release(source);
    return result;
}

static int read_in_folder(struct scenario *scenario, struct json_source *source, const char *file, struct error *err)
{
    char *folder = folder_of(file);
    int result = read_source(scenario, source, folder, err);

    free(folder);
    return result;
}

int scenario_read(struct scenario *scenario, const char *file, struct error *err)
{
    struct json_source source;

    if (json_source_read(&source, file, err) != 0) {
        return -1;
    }
    return read_in_folder(scenario, &source, file, err);
}

int scenario_read_text(struct scenario *scenario, const char *file, const char *text, struct error *err)
{
    struct json_source source;

    if (json_source_parse(&source, file, text, err) != 0) {
        return -1;
    }
    return read_in_folder(scenario, &source, file, err);
}

int scenario_parse(struct scenario *scenario, const char *name, const char *text, struct error *err)
{
    struct json_source source;

    if (json_source_parse(&source, name, text, err) != 0) {
        return -1;
    }
    return read_source(scenario, &source, NULL, err);
}

void scenario_release(struct scenario *scenario)
{
    traffic_release(&scenario->traffic);
    request_limits_release(&scenario->request_limits);
    free(scenario->text);
    free(scenario->overridden);
    free(scenario->name);
    free(scenario->why);
    free(scenario->variable);
    *scenario = (struct scenario){0};
}
