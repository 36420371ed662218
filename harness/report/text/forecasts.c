#include "report/text/forecasts.h"

#include "report/text/table.h"
#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes; memory that grew by less is not worth a sentence. */
#define GROWN_LEAST (UINT64_C(1) << 20)

/* ---- figures of a signal ---- */

/* "1.42 of 2 cores", "71 % of a core", "410 MiB", "12.1 ms", "812": what `value` of it is. */
static void add_value(struct text *out, const struct findings *findings, enum forecast_signal signal, double value)
{
    switch (signal) {
    case SIGNAL_CPU:
        figures_share(out, value / findings->service_core_count);
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

static const char *cores_of(const struct findings *findings)
{
    return findings->service_core_count == 1 ? "its core was" : "its cores were";
}

/* "its cores were 71 % busy": the signal at a step. */
static void add_seen(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct early_warning *early_warning = &backend->early_warning;
    bool that_thread = backend->first_break->cause.cause == CAUSE_ONE_THREAD;

    if (early_warning->signal == SIGNAL_CPU) {
        text_format(out, "%s ", cores_of(findings));
        add_value(out, findings, SIGNAL_CPU, early_warning->seen);
        text_add(out, " busy");
        return;
    }
    if (early_warning->signal == SIGNAL_DEPENDENCY_CPU || early_warning->signal == SIGNAL_DEPENDENCY_PLACES) {
        bool cpu = early_warning->signal == SIGNAL_DEPENDENCY_CPU;
        text_add(out, cpu ? "what it depends on was " : "in what it depends on, ");
        add_value(out, findings, early_warning->signal, early_warning->seen);
        text_add(out, cpu ? " busy" : " were at work at a time");
        return;
    }
    text_add(out, early_warning->signal == SIGNAL_THREAD
                      ? that_thread ? "that thread was at " : "its busiest thread was at "
                  : early_warning->signal == SIGNAL_MEMORY  ? "its memory was at "
                  : early_warning->signal == SIGNAL_LATENCY ? "p99 was at "
                                                            : "requests in flight were at ");
    add_value(out, findings, early_warning->signal, early_warning->seen);
    if (early_warning->signal != SIGNAL_THREAD && early_warning->grew) {
        text_add(out, " and growing");
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

/* ---- sentences ---- */

/* " at 4,000/s, which foretold 190 % at 16,000/s": a figure that is small by itself was visible only in what it led to. */
static void add_foretold(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct early_warning *early_warning = &backend->early_warning;

    if (early_warning->expected < 0x1p63) {
        text_add(out, early_warning->in_spikes ? " in its spikes at " : " at ");
        figures_level(out, &findings->scenario, early_warning->seen_at);
        text_add(out, ", which foretold ");
        add_value(out, findings, early_warning->signal, early_warning->expected);
        text_add(out, " at ");
        figures_level(out, &findings->scenario, backend->first_break->record->level);
    }
}

static void say_foreseen(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct early_warning *early_warning = &backend->early_warning;

    if (early_warning->steps_before > 0) {
        text_add(out, " It was visible ");
        add_steps(out, early_warning->steps_before);
        text_add(out, ": ");
        add_seen(out, findings, backend);
        add_foretold(out, findings, backend);
        text_add(out, ".");
    } else if (early_warning->asked) {
        text_add(out, " Nothing in the steps before it showed it coming.");
    }
}

static const char *what_breaks(enum forecast_signal signal)
{
    switch (signal) {
    case SIGNAL_CPU:
        return "its cores";
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

static void say_next(struct text *out, const struct findings *findings, const struct early_warning *early_warning)
{
    enum forecast_signal signal = early_warning->next_signal;

    if (!early_warning->next_known) {
        return;
    }
    text_add(out, " At ");
    figures_level(out, &findings->scenario, early_warning->next_level);
    if (early_warning->next_expected > early_warning->next_limit) {
        text_format(out, ", %s would be the first to break: ", what_breaks(signal));
        add_value(out, findings, signal, early_warning->next_expected);
        text_add(out, " expected.");
    } else {
        text_format(out, ", no break is expected either; nearest to its limit would be %s (", what_breaks(signal));
        add_value(out, findings, signal, early_warning->next_expected);
        text_add(out, " expected).");
    }
}

/* "41 MiB of the 96 MiB it had grown by stayed held"; where both would read the same, "all 96 MiB …" */
static bool add_held(struct text *out, const struct recovery_finding *recovery)
{
    uint64_t idle = recovery->idle_bytes, highest = recovery->highest_bytes, held = recovery->held_bytes;
    struct text kept = {0}, grown = {0};

    if (idle == 0 || held == 0 || highest < idle + GROWN_LEAST) {
        return false;
    }
    figures_size(&kept, held > idle ? held - idle : 0);
    figures_size(&grown, highest - idle);
    if (held <= idle) {
        text_add(out, "none of the ");
    } else if (held >= highest || strcmp(kept.data, grown.data) == 0) {
        text_add(out, "all ");
    } else {
        text_format(out, "%s of the ", kept.data);
    }
    text_format(out, "%s it had grown by stayed held", grown.data);
    text_release(&kept);
    text_release(&grown);
    return true;
}

static void say_recovery(struct text *out, const struct backend_finding *backend)
{
    const struct recovery_finding *recovery = &backend->recovery;
    struct text held = {0};

    if (recovery->record == NULL) {
        text_add(out, recovery->died ? " How it recovers was not measured: its process had ended." : "");
        return;
    }
    if (recovery->died) {
        text_add(out, " After the load dropped it did not recover: its process ended.");
        return;
    }
    bool memory = add_held(&held, recovery);
    if (backend->first_break == NULL) {
        if (memory) {
            text_format(out, " After the load dropped %s.", held.data);
        }
    } else {
        text_add(out, " After the load dropped it ");
        text_add(out, recovery->recovered ? "recovered in " : "did not recover within ");
        figures_time(out, recovery->recovered ? recovery->after_ns : recovery->within_ns);
        text_format(out, memory ? "; %s." : ".", held.data);
    }
    text_release(&held);
}

void forecasts_sentences(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    if (backend->first_break != NULL) {
        say_foreseen(out, findings, backend);
    } else {
        say_next(out, findings, &backend->early_warning);
    }
    say_recovery(out, backend);
}

/* ---- the table ---- */

static void visible_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    const struct early_warning *early_warning = &backend->early_warning;
    struct text cell = {0};

    if (backend->distrusted != NULL) {
        text_add(&cell, "its answers do not add up");
    } else if (backend->first_break == NULL) {
        text_add(&cell, "nothing broke");
    } else if (early_warning->steps_before > 0) {
        add_steps(&cell, early_warning->steps_before);
        text_add(&cell, ": ");
        add_seen(&cell, findings, backend);
    } else {
        text_add(&cell, early_warning->asked ? "no" : "-");
    }
    table_take(table, &cell);
}

static void recovered_cell(struct table *table, const struct backend_finding *backend)
{
    const struct recovery_finding *recovery = &backend->recovery;
    struct text cell = {0};

    if (recovery->died) {
        text_add(&cell, "it died");
    } else if (recovery->record == NULL || backend->first_break == NULL) {
        text_add(&cell, "-");
    } else {
        text_add(&cell, recovery->recovered ? "" : "not within ");
        figures_time(&cell, recovery->recovered ? recovery->after_ns : recovery->within_ns);
    }
    table_take(table, &cell);
}

static void memory_cell(struct table *table, uint64_t bytes)
{
    struct text cell = {0};
    figures_size(&cell, bytes);
    table_take(table, &cell);
}

static void error_cell(struct table *table, const struct signal_score *score)
{
    struct text cell = {0};

    if (score->count == 0) {
        text_add(&cell, "-");
    } else {
        figures_share(&cell, score->median_error);
    }
    table_take(table, &cell);
}

static void write_row(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    static const enum forecast_signal scored[] = {SIGNAL_CPU, SIGNAL_MEMORY, SIGNAL_LATENCY};
    const struct recovery_finding *recovery = &backend->recovery;

    table_cell(table, "%s", backend->record->name);
    visible_cell(table, findings, backend);
    recovered_cell(table, backend);
    memory_cell(table, recovery->idle_bytes);
    memory_cell(table, recovery->highest_bytes);
    memory_cell(table, recovery->held_bytes);
    for (size_t i = 0; i < sizeof scored / sizeof scored[0]; i++) {
        error_cell(table, &backend->early_warning.scores[scored[i]]);
    }
}

static void write_legend(struct page *page)
{
    static const char *const rows[][2] = {
        {"visible",
         "how many steps before the break the steps until then already said that it would come, and in what"},
        {"recovered", "under the first step's load, right after the ladder: from the end of the high load until every "
                      "limit on requests held again and no backlog was left"},
        {"memory", "resident memory before any load, after the step with most, and when the recovery was over (pages "
                   "that processes share count once)"},
        {"forecast off by", "a forecast was made before each step, from the two before it; half of them were off by "
                            "less than this"},
    };
    struct table legend;

    table_init_facts(&legend);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        table_fact(&legend, rows[i][0], rows[i][1]);
    }
    page->style->part(page, "The columns:");
    page->style->facts(page, &legend);
    table_release(&legend);
}

static bool told(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].recovery.record != NULL || findings->backends[i].early_warning.asked) {
            return true;
        }
    }
    return false;
}

void forecasts_write(struct page *page, const struct findings *findings)
{
    struct table table;

    if (!told(findings)) {
        return;
    }
    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "visible", ALIGN_LEFT);
    table_column(&table, "recovered\nin", ALIGN_RIGHT);
    table_column(&table, "idle\nmemory", ALIGN_RIGHT);
    table_column(&table, "most\nmemory", ALIGN_RIGHT);
    table_column(&table, "memory\nkept", ALIGN_RIGHT);
    table_column(&table, "forecast\noff by: CPU", ALIGN_RIGHT);
    table_column(&table, "\nmemory", ALIGN_RIGHT);
    table_column(&table, "\np99", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].step_count > 0) {
            write_row(&table, findings, &findings->backends[i]);
        }
    }
    page->style->section(page, "Seen coming, and got over");
    page->style->table(page, &table);
    write_legend(page);
    table_release(&table);
}
