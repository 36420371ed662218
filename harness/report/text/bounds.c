#include "report/text/bounds.h"

#include "plan/scenario/scenario.h"
#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>

static void add_latency_limit(struct text *out, const struct limits *limits)
{
    figures_percentile(out, limits->percentile);
    text_add(out, " of response time at most ");
    figures_set_time(out, limits->latency_ns);
}

static void add_error_limit(struct text *out, const struct limits *limits)
{
    text_add(out, "at most ");
    figures_set_share(out, limits->error_share);
    text_add(out, " failed");
    text_add(out, limits->errors_by_default ? " (default)" : "");
}

static void add_throughput_limit(struct text *out, const struct limits *limits)
{
    text_add(out, "at least ");
    figures_set_share(out, limits->throughput_share);
    text_add(out, " answered well in time");
}

static void add_memory_limit(struct text *out, const struct limits *limits)
{
    text_add(out, "memory at most ");
    figures_set_size(out, limits->memory_bytes);
}

/* One limit: whether it is set, whether two limits are the same, and its words. */
struct limit_words {
    bool (*is_set)(const struct limits *limits);
    bool (*same)(const struct limits *a, const struct limits *b);
    void (*add)(struct text *out, const struct limits *limits);
    const char *none;
};

static bool has_latency(const struct limits *limits)
{
    return limits->latency_ns != 0;
}

static bool same_latency(const struct limits *a, const struct limits *b)
{
    return a->latency_ns == b->latency_ns && a->percentile == b->percentile;
}

static bool has_errors(const struct limits *limits)
{
    return limits->error_share != 0;
}

static bool same_errors(const struct limits *a, const struct limits *b)
{
    return a->error_share == b->error_share;
}

static bool has_throughput(const struct limits *limits)
{
    return limits->throughput_share != 0;
}

static bool same_throughput(const struct limits *a, const struct limits *b)
{
    return a->throughput_share == b->throughput_share;
}

static bool has_memory(const struct limits *limits)
{
    return limits->memory_bytes != 0;
}

static bool same_memory(const struct limits *a, const struct limits *b)
{
    return a->memory_bytes == b->memory_bytes;
}

static const struct limit_words words_of_limits[] = {
    {has_latency, same_latency, add_latency_limit, "no limit on response time"},
    {has_errors, same_errors, add_error_limit, "no limit on failures"},
    {has_throughput, same_throughput, add_throughput_limit, "no limit on throughput"},
    {has_memory, same_memory, add_memory_limit, "no limit on memory"},
};

/* `own` is what the scenario says; NULL: not known. */
static void add_limit(struct text *out, const struct limit_words *words, const struct limits *limits,
                      const struct limits *own)
{
    if (!words->is_set(limits) && (own == NULL || !words->is_set(own))) {
        return;
    }
    figures_separate(out, out->length, ", ");
    if (words->is_set(limits)) {
        words->add(out, limits);
    } else {
        text_add(out, words->none);
    }
    if (own != NULL && !words->same(limits, own)) {
        text_add(out, " (changed by the reader; the scenario says: ");
        if (words->is_set(own)) {
            words->add(out, own);
        } else {
            text_add(out, "no limit");
        }
        text_add(out, ")");
    }
}

/* "; checkout by itself p99 20 ms": the limits of single requests. */
static void add_request_limits(struct text *out, const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->request_limits.count; i++) {
        const struct request_limits *own = &scenario->request_limits.items[i];
        struct text words = {0};
        for (size_t j = 0; j < sizeof words_of_limits / sizeof words_of_limits[0]; j++) {
            add_limit(&words, &words_of_limits[j], &own->limits, NULL);
        }
        text_format(out, "; %s by itself %s", scenario->traffic.requests[own->request].name, words.data);
        text_release(&words);
    }
}

void bounds_write(struct text *out, const struct findings *findings)
{
    const struct limits *limits = &findings->scenario.limits, *own = NULL;
    const char *source = findings->log->run.scenario_text;
    struct scenario scenario = {0};
    struct text words = {0};

    if (findings->other_limits && source != NULL && scenario_parse(&scenario, "scenario", source, NULL) == 0) {
        own = &scenario.limits;
    }
    for (size_t i = 0; i < sizeof words_of_limits / sizeof words_of_limits[0]; i++) {
        add_limit(&words, &words_of_limits[i], limits, own);
    }
    if (words.length == 0) {
        text_add(&words, "none");
    }
    text_add(out, words.data);
    if (findings->other_limits && own == NULL) {
        text_add(out, " (changed by the reader, not the scenario's own)");
    }
    add_request_limits(out, &findings->scenario);
    if (own != NULL) {
        scenario_release(&scenario);
    }
    text_release(&words);
}
