#include "plan/scenario/limits.h"

#include "base/mem.h"
#include "base/units.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct percentile limits_percentiles[] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}, {NULL, 0},
};

static const char *const limit_keys[] = {"p50", "p90", "p95", "p99", "p999", "errors", "throughput", "memory", NULL};

bool limits_has(const char *name)
{
    size_t i = 0;

    while (limit_keys[i] != NULL && strcmp(limit_keys[i], name) != 0) {
        i++;
    }
    return limit_keys[i] != NULL;
}

/* ---- from a scenario ---- */

static int read_percentile(struct limits *limits, const struct json_at *at, struct error *err)
{
    const struct percentile *found = NULL;

    for (const struct percentile *percentile = limits_percentiles; percentile->name != NULL; percentile++) {
        struct json_at member;
        json_find(at, percentile->name, &member);
        if (member.value == NULL) {
            continue;
        }
        if (found != NULL) {
            return json_reject(&member, err, "one percentile is judged; keep %s or %s", found->name, percentile->name);
        }
        if (json_read_duration(&member, &limits->latency_ns, err) != 0) {
            return -1;
        }
        limits->percentile = percentile->share;
        found = percentile;
    }
    return 0;
}

int limits_read(struct limits *limits, const struct json_at *at, struct error *err)
{
    struct limits read = {.error_share = LIMITS_ERRORS_DEFAULT, .errors_by_default = true};
    struct json_at errors;
    struct json_at throughput;
    struct json_at memory;

    if (at->value == NULL) {
        *limits = read;
        return 0;
    }
    if (json_check_object(at, limit_keys, err) != 0 || read_percentile(&read, at, err) != 0) {
        return -1;
    }
    json_find(at, "errors", &errors);
    json_find(at, "throughput", &throughput);
    json_find(at, "memory", &memory);
    if ((errors.value != NULL && json_read_share(&errors, &read.error_share, err) != 0) ||
        (throughput.value != NULL && json_read_share(&throughput, &read.throughput_share, err) != 0) ||
        (memory.value != NULL && json_read_size(&memory, &read.memory_bytes, err) != 0)) {
        return -1;
    }
    read.errors_by_default = errors.value == NULL;
    *limits = read;
    return 0;
}

/* ---- from the command line ---- */

static const struct percentile *find_percentile(const char *name)
{
    const struct percentile *percentile = limits_percentiles;

    while (percentile->name != NULL && strcmp(percentile->name, name) != 0) {
        percentile++;
    }
    return percentile->name != NULL ? percentile : NULL;
}

static int set_latency(struct limits *limits, const struct percentile *percentile, const char *value, struct error *err)
{
    uint64_t ns = 0;

    if (strcmp(value, "none") == 0) {
        if (limits->latency_ns != 0 && limits->percentile != percentile->share) {
            return error_input(err, "another percentile than %s is judged; name that one", percentile->name);
        }
        limits->latency_ns = 0;
        return 0;
    }
    if (units_read_duration(value, &ns) != 0 || ns == 0) {
        return error_input(err,
                           "expected a time above 0 with its unit (ns, us, ms, s, m, h), such as 100ms, or the word "
                           "none, found \"%s\"",
                           value);
    }
    limits->percentile = percentile->share;
    limits->latency_ns = ns;
    return 0;
}

static int set_share(double *share, const char *value, struct error *err)
{
    double read = 0;

    if (strcmp(value, "none") != 0 && (units_read_share(value, &read) != 0 || read <= 0 || read > 1)) {
        return error_input(err, "expected a share above 0%% and up to 100%%, or none, found \"%s\"", value);
    }
    *share = read;
    return 0;
}

static int set_errors(struct limits *limits, const char *value, struct error *err)
{
    if (set_share(&limits->error_share, value, err) != 0) {
        return -1;
    }
    limits->errors_by_default = false;
    return 0;
}

static int set_size(uint64_t *bytes, const char *value, struct error *err)
{
    uint64_t read = 0;

    if (strcmp(value, "none") != 0 && (units_read_size(value, &read) != 0 || read == 0)) {
        return error_input(err,
                           "expected a size above 0 with its unit (B, KiB, MiB, GiB, kB, MB, GB) or none, "
                           "found \"%s\"",
                           value);
    }
    *bytes = read;
    return 0;
}

static int set(struct limits *limits, const char *name, const char *value, struct error *err)
{
    const struct percentile *percentile = find_percentile(name);

    if (percentile != NULL) {
        return set_latency(limits, percentile, value, err);
    }
    if (strcmp(name, "errors") == 0) {
        return set_errors(limits, value, err);
    }
    if (strcmp(name, "throughput") == 0) {
        return set_share(&limits->throughput_share, value, err);
    }
    if (strcmp(name, "memory") == 0) {
        return set_size(&limits->memory_bytes, value, err);
    }
    return error_input(err, "expected one of p50, p90, p95, p99, p999, errors, throughput, memory, found \"%s\"%s",
                       name, strcmp(name, "latency") == 0 ? "; latency is limited at a percentile: p99=100ms" : "");
}

int limits_set(struct limits *limits, const char *assignment, struct error *err)
{
    const char *equals = strchr(assignment, '=');

    if (equals == NULL) {
        return error_input(err, "limit \"%s\": expected NAME=VALUE, such as p99=100ms", assignment);
    }
    char *name = mem_copy(assignment, (size_t)(equals - assignment));
    int result = set(limits, name, equals + 1, err);
    free(name);
    if (result == 0) {
        return 0;
    }
    return error_context(err, "limit \"%s\"", assignment);
}

/* ---- for people ---- */

static void describe(struct text *out, const char *name, const char *value)
{
    text_format(out, "%s%s %s", out->length > 0 ? ", " : "", name, value);
}

static const char *percentile_name(double share)
{
    const struct percentile *percentile = limits_percentiles;

    while (percentile->name != NULL && percentile->share != share) {
        percentile++;
    }
    return percentile->name;
}

static void describe_share(struct text *out, const char *name, double share)
{
    char value[UNITS_TEXT];

    snprintf(value, sizeof value, "%.6g %%", share * 100);
    describe(out, name, value);
}

void limits_describe(const struct limits *limits, struct text *out)
{
    struct text line = {0};
    char value[UNITS_TEXT];

    if (limits->latency_ns > 0) {
        units_write_duration(value, limits->latency_ns);
        describe(&line, percentile_name(limits->percentile), value);
    }
    if (limits->error_share > 0) {
        describe_share(&line, "errors", limits->error_share);
        text_add(&line, limits->errors_by_default ? " (default, since every response is checked)" : "");
    }
    if (limits->throughput_share > 0) {
        describe_share(&line, "throughput", limits->throughput_share);
    }
    if (limits->memory_bytes > 0) {
        units_write_size(value, limits->memory_bytes);
        describe(&line, "memory", value);
    }
    text_add(out, line.length > 0 ? line.data : "nothing");
    text_release(&line);
}
