#include "report/words/early_warning_phrase.h"

#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "71 %", "410 MiB", "12.1 ms", "812": this much of the signal. */
static void add_value(struct text *out, const struct findings *findings, const struct early_warning *warning,
                      enum forecast_signal signal, double value)
{
    switch (signal) {
    case SIGNAL_CPU:
        figures_share(out, value / (warning->quota_cores > 0 ? warning->quota_cores : findings->service_core_count));
        break;
    case SIGNAL_THREAD:
    case SIGNAL_DEPENDENCY_CPU:
        figures_share(out, value);
        break;
    case SIGNAL_MEMORY:
        figures_size(out, (uint64_t)value);
        break;
    case SIGNAL_LATENCY:
        figures_time(out, (uint64_t)value);
        break;
    default:
        figures_count(out, (uint64_t)(value + 0.5));
    }
}

/* "its cores were 71 % busy", "its CPU quota was 71 % used" */
static void add_cores(struct text *out, const struct findings *findings, const struct early_warning *warning)
{
    bool quota = warning->quota_cores > 0;

    if (quota) {
        text_add(out, "its CPU quota was ");
    } else if (findings->service_core_count == 1) {
        text_add(out, "its core was ");
    } else {
        text_add(out, "its cores were ");
    }
    add_value(out, findings, warning, SIGNAL_CPU, warning->seen);
    text_add(out, quota ? " used" : " busy");
}

/* What is said before the value of a signal, and after it. */
static void add_around(struct text *out, const struct findings *findings, const struct early_warning *warning,
                       const char *before, const char *after)
{
    text_add(out, before);
    add_value(out, findings, warning, warning->signal, warning->seen);
    text_add(out, after);
}

/* "its cores were 71 % busy": the signal at the step where it was first to be seen. */
static void add_seen(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct early_warning *warning = &backend->early_warning;
    const char *growing = warning->grew ? " and growing" : "";

    switch (warning->signal) {
    case SIGNAL_CPU:
        add_cores(out, findings, warning);
        break;
    case SIGNAL_DEPENDENCY_CPU:
        add_around(out, findings, warning, "what it depends on was ", " busy");
        break;
    case SIGNAL_DEPENDENCY_PLACES:
        add_around(out, findings, warning, "in what it depends on, ", " were at work at a time");
        break;
    case SIGNAL_THREAD:
        if (backend->first_break->cause.cause == CAUSE_ONE_THREAD) {
            add_around(out, findings, warning, "that thread was at ", "");
        } else {
            add_around(out, findings, warning, "its busiest thread was at ", "");
        }
        break;
    case SIGNAL_MEMORY:
        add_around(out, findings, warning, "its memory was at ", growing);
        break;
    case SIGNAL_LATENCY:
        add_around(out, findings, warning, "p99 was at ", growing);
        break;
    default:
        add_around(out, findings, warning, "requests in flight were at ", growing);
    }
}

/* "one step earlier", "two steps earlier", "5 steps earlier" */
static void add_steps(struct text *out, unsigned steps)
{
    if (steps == 1) {
        text_add(out, "one step earlier");
    } else if (steps == 2) {
        text_add(out, "two steps earlier");
    } else {
        text_format(out, "%u steps earlier", steps);
    }
}

/* "3 of 4 such alarms were right" */
static void add_alarms(struct text *out, const struct alarm_record *record)
{
    if (record->alarms == 0) {
        text_add(out, "no such alarm could be checked");
    } else if (record->alarms == 1 && record->right == 1) {
        text_add(out, "the only such alarm was right");
    } else if (record->alarms == 1) {
        text_add(out, "the only such alarm was false");
    } else if (record->right == 0) {
        text_format(out, "none of %u such alarms was right", record->alarms);
    } else {
        text_format(out, "%u of %u such alarms %s right", record->right, record->alarms,
                    record->right == 1 ? "was" : "were");
    }
}

void early_warning_phrase_alarms(struct text *out, const struct early_warning *warning)
{
    add_alarms(out, &warning->scores[warning->signal].alarms);
}

void early_warning_phrase_sign(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    add_steps(out, backend->early_warning.steps_before);
    text_add(out, " (");
    early_warning_phrase_alarms(out, &backend->early_warning);
    text_add(out, "): ");
    add_seen(out, findings, backend);
}

/* " at 4,000/s, which projected to 190 % at 16,000/s": a value that is low by itself warned only by what it led to. */
static void add_projected(struct text *out, const struct findings *findings, const struct early_warning *warning)
{
    if (warning->expected < 0x1p63) {
        if (warning->in_spikes) {
            text_add(out, " in its spikes");
        }
        text_add(out, " at ");
        figures_level(out, &findings->scenario, warning->seen_at);
        text_add(out, ", which projected to ");
        add_value(out, findings, warning, warning->signal, warning->expected);
        text_add(out, " at ");
        figures_level(out, &findings->scenario, warning->expected_at);
    }
}

static const char *what_breaks(const struct early_warning *warning, enum forecast_signal signal)
{
    switch (signal) {
    case SIGNAL_CPU:
        return warning->quota_cores > 0 ? "its CPU quota" : "its cores";
    case SIGNAL_THREAD:
        return "its busiest thread";
    case SIGNAL_MEMORY:
        return "memory";
    case SIGNAL_DEPENDENCY_CPU:
        return "the CPU of what it depends on";
    case SIGNAL_DEPENDENCY_PLACES:
        return "the places in what it depends on";
    case SIGNAL_LATENCY:
        return "latency";
    default:
        return "requests in flight";
    }
}

static void say_visible(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (backend->early_warning.steps_before > 0) {
        text_add(out, " It was predicted ");
        early_warning_phrase_sign(out, findings, backend);
        add_projected(out, findings, &backend->early_warning);
        text_add(out, ".");
    } else if (backend->early_warning.withdrawn) {
        enum forecast_signal signal = backend->early_warning.signal;
        bool some_right = backend->early_warning.scores[signal].alarms.right > 0;
        text_format(out, " A forecast of %s showed it coming, but %s", what_breaks(&backend->early_warning, signal),
                    some_right ? "only " : "");
        early_warning_phrase_alarms(out, &backend->early_warning);
        text_add(out, ": no early warning.");
    } else if (backend->early_warning.asked) {
        text_add(out, " Nothing in the steps before it showed it coming.");
    }
}

static void say_next(struct text *out, const struct findings *findings, const struct early_warning *warning)
{
    enum forecast_signal signal = warning->next_signal;

    if (!warning->next_known) {
        return;
    }
    text_add(out, " At ");
    figures_level(out, &findings->scenario, warning->next_level);
    if (warning->next_breaks) {
        text_format(out, ", %s would be the first to break: ", what_breaks(warning, signal));
        add_value(out, findings, warning, signal, warning->next_expected);
        text_add(out, " expected (");
        if (warning->scores[signal].alarms.alarms > 0) {
            add_alarms(out, &warning->scores[signal].alarms);
        } else {
            text_add(out, "the first such alarm");
        }
        text_add(out, ").");
    } else {
        text_format(out, ", no break is foretold; nearest to its limit would be %s (", what_breaks(warning, signal));
        add_value(out, findings, warning, signal, warning->next_expected);
        text_add(out, " expected).");
    }
}

void early_warning_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (backend->first_break != NULL) {
        say_visible(out, findings, backend);
    } else {
        say_next(out, findings, &backend->early_warning);
    }
}
