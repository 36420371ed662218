#include "report/text/forecasts.h"

#include "report/text/cell.h"
#include "report/text/table.h"
#include "report/words/after/recovery_phrase.h"
#include "report/words/early_warning_phrase.h"
#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>

static void predicted_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (backend->distrusted != NULL) {
        text_add(&cell, "its responses do not add up");
    } else if (backend->first_break == NULL) {
        text_add(&cell, "nothing broke");
    } else if (backend->early_warning.steps_before > 0) {
        early_warning_phrase_sign(&cell, findings, backend);
    } else if (backend->early_warning.withdrawn) {
        text_add(&cell, "no (");
        early_warning_phrase_alarms(&cell, &backend->early_warning);
        text_add(&cell, ")");
    } else {
        text_add(&cell, backend->early_warning.asked ? "no" : "-");
    }
    table_take(table, &cell);
}

/* "3 of 4", and how many breaks came without an alarm. */
static void alarm_cells(struct table *table, const struct alarm_record *record)
{
    if (record->alarms > 0) {
        table_cell(table, "%u of %u", record->right, record->alarms);
    } else {
        table_cell(table, "-");
    }
    table_cell(table, "%u", record->misses);
}

static void recovered_cell(struct table *table, const struct backend_finding *backend)
{
    const struct recovery_finding *recovery = &backend->recovery;
    struct text cell = {0};

    if (recovery->died) {
        text_add(&cell, "it died");
    } else if (recovery->invalid) {
        text_add(&cell, "not known");
    } else if (recovery->record == NULL || backend->first_break == NULL) {
        text_add(&cell, "-");
    } else {
        recovery_phrase_time(&cell, recovery, "", "not within ");
    }
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
    predicted_cell(table, findings, backend);
    alarm_cells(table, &backend->early_warning.alarms);
    recovered_cell(table, backend);
    cell_size(table, recovery->idle_bytes);
    cell_size(table, recovery->highest_bytes);
    cell_size(table, recovery->held_bytes);
    for (size_t i = 0; i < sizeof scored / sizeof scored[0]; i++) {
        error_cell(table, &backend->early_warning.scores[scored[i]]);
    }
}

static void write_legend(struct page *page)
{
    static const struct page_fact facts[] = {
        {"predicted", "how many steps before the break the steps until then already said that it would come, and in "
                      "what; only by a signal of whose alarms at least three of four were right"},
        {"alarms right", "an alarm is a forecast, from the steps before alone, that the next load is beyond a limit by "
                         "more than forecasts err. "
                         "It is right if that load broke and false if it held. Of all signals, over all trials, of "
                         "each up to the first load that broke"},
        {"breaks missed", "breaks that no forecast gave an alarm of"},
        {"recovered", "under the first step's load, right after the ladder: from the end of the high load until every "
                      "limit on requests held again and no backlog was left"},
        {"memory", "resident memory before any load, after the step with most, and when the recovery was over (pages "
                   "that processes share count once)"},
        {"forecast error",
         "the median: a forecast was made before each step, from the two before it; half of them were off by "
         "less than this"},
    };
    page_legend(page, facts, sizeof facts / sizeof facts[0]);
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
    table_column(&table, "predicted", ALIGN_LEFT);
    table_column(&table, "alarms\nright", ALIGN_RIGHT);
    table_column(&table, "breaks\nmissed", ALIGN_RIGHT);
    table_column(&table, "recovered\nwithin", ALIGN_RIGHT);
    table_column(&table, "memory\nidle", ALIGN_RIGHT);
    table_column(&table, "\nmost", ALIGN_RIGHT);
    table_column(&table, "\nafter", ALIGN_RIGHT);
    table_column(&table, "forecast\nerror: CPU", ALIGN_RIGHT);
    table_column(&table, "\nmemory", ALIGN_RIGHT);
    table_column(&table, "\np99", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].step_count > 0) {
            write_row(&table, findings, &findings->backends[i]);
        }
    }
    page->style->section(page, "Early warning and recovery");
    page->style->table(page, &table);
    write_legend(page);
    table_release(&table);
}
