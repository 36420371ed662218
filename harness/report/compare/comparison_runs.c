#include "report/compare/comparison_runs.h"

#include "report/compare/comparison_words.h"
#include "report/text/table.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <string.h>

static void add_known(struct text *out, const char *string)
{
    if (string == NULL || string[0] == '\0') {
        string = "-";
    }
    text_add(out, string);
}

static void say_file(struct text *out, const struct compared_run *run)
{
    add_known(out, run->file);
    if (run->more_count > 0) {
        text_format(out, " and %zu more", run->more_count);
    }
    if (run->service != NULL) {
        text_format(out, ": %s", run->service);
    }
}

static void say_started(struct text *out, const struct compared_run *run)
{
    const struct run_log *log = run->findings->log;
    add_known(out, log->run.started);
    if (!run_log_complete(log)) {
        text_add(out, ", cut short");
    }
}

static void say_harness(struct text *out, const struct compared_run *run)
{
    add_known(out, run->findings->log->run.harness_version);
}

static void say_trials(struct text *out, const struct compared_run *run)
{
    text_format(out, "%u", run->findings->log->run.trials);
}

static void say_cpu(struct text *out, const struct compared_run *run)
{
    const struct machine *machine = &run->findings->log->run.machine;
    add_known(out, machine->cpu);
    text_add(out, ", ");
    add_known(out, machine->architecture);
}

static void say_cores(struct text *out, const struct compared_run *run)
{
    const struct run_record *record = &run->findings->log->run;

    text_format(out, "%u: generator on ", record->machine.cores);
    add_known(out, record->generator_cores);
    text_add(out, ", services on ");
    add_known(out, record->service_cores);
    if (record->cores_shared) {
        text_add(out, " (shared)");
    }
}

static void say_memory(struct text *out, const struct compared_run *run)
{
    figures_size(out, run->findings->log->run.machine.memory_bytes);
}

static void say_system(struct text *out, const struct compared_run *run)
{
    add_known(out, run->findings->log->run.machine.system);
}

static void say_kernel(struct text *out, const struct compared_run *run)
{
    add_known(out, run->findings->log->run.machine.kernel);
}

static void say_virtualization(struct text *out, const struct compared_run *run)
{
    add_known(out, run->findings->log->run.machine.virtualization);
}

static void say_governor(struct text *out, const struct compared_run *run)
{
    add_known(out, run->findings->log->run.machine.governor);
}

static void say_reference(struct text *out, const struct compared_run *run)
{
    const struct calibration *calibration = &run->findings->log->run.calibration;

    if (!calibration->done) {
        text_add(out, "not measured");
        return;
    }
    figures_rate(out, (double)calibration->throughput_rps);
    text_add(out, ", p99 ");
    figures_time(out, calibration->p99_ns);
}

static const struct {
    const char *word;
    void (*say)(struct text *out, const struct compared_run *run);
} facts[] = {
    {"run", say_file},
    {"started", say_started},
    {"twofold", say_harness},
    {"trials", say_trials},
    {"CPU", say_cpu},
    {"cores", say_cores},
    {"memory", say_memory},
    {"system", say_system},
    {"kernel", say_kernel},
    {"governor", say_governor},
    {"virtualisation", say_virtualization},
    {"reference service", say_reference},
};

static void start_table(struct table *table, const struct comparison *comparison, const char *first)
{
    table_init(table);
    table_column(table, first, ALIGN_LEFT);
    for (size_t run = 0; run < comparison->run_count; run++) {
        table_column(table, comparison_words_letter(run), ALIGN_LEFT);
    }
}

static void write_versions(struct page *page, const struct comparison *comparison)
{
    struct table table;

    start_table(&table, comparison, "service");
    for (size_t i = 0; i < comparison->backend_count; i++) {
        table_cell(&table, "%s", comparison->backends[i].name);
        for (size_t run = 0; run < comparison->run_count; run++) {
            const struct compared_side *side = &comparison->backends[i].sides[run];
            struct text cell = {0};
            reason_absence(&cell, side->finding);
            if (cell.length == 0) {
                add_known(&cell, side->finding->record->versions);
            }
            table_take(&table, &cell);
        }
    }
    page->style->table(page, &table);
    table_release(&table);
}

static bool environments_differ(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->backend_count; i++) {
        if (!comparison->backends[i].environment_same) {
            return true;
        }
    }
    return false;
}

/* Of the services whose manifests do not add the same variables in all runs. */
static void write_environments(struct page *page, const struct comparison *comparison)
{
    struct table table;

    start_table(&table, comparison, "service");
    for (size_t i = 0; i < comparison->backend_count; i++) {
        const struct compared_backend *backend = &comparison->backends[i];
        if (backend->environment_same) {
            continue;
        }
        table_cell(&table, "%s", backend->name);
        for (size_t run = 0; run < comparison->run_count; run++) {
            const struct backend_finding *finding = backend->sides[run].finding;
            const char *added = finding != NULL ? finding->record->environment : NULL;
            table_cell(&table, "%s", added != NULL ? added : "nothing");
        }
    }
    page->style->table(page, &table);
    table_release(&table);
}

void comparison_runs_write(struct page *page, const struct comparison *comparison)
{
    struct table table;

    page->style->section(page, "The runs and their machines");
    start_table(&table, comparison, "");
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        table_cell(&table, "%s", facts[i].word);
        for (size_t run = 0; run < comparison->run_count; run++) {
            struct text cell = {0};
            facts[i].say(&cell, &comparison->runs[run]);
            table_take(&table, &cell);
        }
    }
    page->style->table(page, &table);
    table_release(&table);
    page->style->part(page, "Versions:");
    write_versions(page, comparison);
    if (environments_differ(comparison)) {
        page->style->part(page, "These services were not given the same environment. What was added for them:");
        write_environments(page, comparison);
    }
}
