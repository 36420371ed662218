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

/* One limit: is it judged, is it the same in both, how is it said. */
struct limit_words {
    bool judged, own_judged, same;
    const char *none;
    void (*add)(struct text *out, const struct limits *limits);
};

static void add_limit(struct text *out, const struct limit_words *words, const struct limits *limits,
                      const struct limits *own)
{
    if (!words->judged && (own == NULL || !words->own_judged)) {
        return;
    }
    text_add(out, out->length > 0 ? ", " : "");
    if (words->judged) {
        words->add(out, limits);
    } else {
        text_add(out, words->none);
    }
    if (own != NULL && !words->same) {
        text_add(out, " (changed by the reader; the scenario says: ");
        if (words->own_judged) {
            words->add(out, own);
        } else {
            text_add(out, "no limit");
        }
        text_add(out, ")");
    }
}

static void add_limits(struct text *out, const struct limits *limits, const struct limits *own)
{
    const struct limits *b = own != NULL ? own : limits;
    struct limit_words words[] = {
        {limits->latency_ns != 0, b->latency_ns != 0,
         limits->latency_ns == b->latency_ns && limits->percentile == b->percentile, "no limit on response time",
         add_latency_limit},
        {limits->error_share != 0, b->error_share != 0, limits->error_share == b->error_share, "no limit on failures",
         add_error_limit},
        {limits->throughput_share != 0, b->throughput_share != 0, limits->throughput_share == b->throughput_share,
         "no limit on throughput", add_throughput_limit},
        {limits->memory_bytes != 0, b->memory_bytes != 0, limits->memory_bytes == b->memory_bytes, "no limit on memory",
         add_memory_limit},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        add_limit(out, &words[i], limits, own);
    }
}

void bounds_write(struct text *out, const struct findings *findings)
{
    struct scenario own = {0};
    struct text words = {0};
    const char *source = findings->log->run.scenario_text;
    bool parsed = findings->other_limits && source != NULL && scenario_parse(&own, "scenario", source, NULL) == 0;

    add_limits(&words, &findings->scenario.limits, parsed ? &own.limits : NULL);
    text_add(out, words.length > 0 ? words.data : "none");
    if (findings->other_limits && !parsed) {
        text_add(out, " (changed by the reader, not the scenario's own)");
    }
    if (parsed) {
        scenario_release(&own);
    }
    text_release(&words);
}
