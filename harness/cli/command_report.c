#include "command.h"
#include "gate/gate_line.h"
#include "output.h"
#include "places.h"

#include "base/file.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stdio.h>

/* `worst` becomes what the conditions come to. */
static int report_runs(const struct arguments_list *runs, const struct output_options *output,
                       enum condition_outcome *worst, struct error *err)
{
    struct output_validity validity = {0};

    if (output->fail_if->count > 0 && (output_is_page(output) || runs->count > 1)) {
        return error_input(err, "report: --fail-if is asked of one run, and not of a page; `twofold compare --fail-if` "
                                "holds one run against another");
    }
    if (output_is_page(output)) {
        return output_page(runs->items, runs->count, output, err);
    }
    if (runs->count > 1) {
        return output_overview(runs->items, runs->count, output, err);
    }
    int result = output_report(runs->items[0], output, &validity, err);
    *worst = validity.gate;
    return result;
}

static bool can_be_read(const char *run, bool salvage)
{
    struct run_log log;
    bool can = (salvage ? run_log_salvage : run_log_read)(&log, run, NULL) == 0;

    if (can) {
        run_log_release(&log);
    }
    return can;
}

/* Of the newest run that can be read. A newer file that cannot be is named, and gives the exit status. */
static int report_newest(const struct output_options *output, struct error *err)
{
    char **results = places_results();
    bool passed_over = false, done = false;
    enum condition_outcome worst = CONDITION_CLEAR;

    for (size_t i = 0; results[i] != NULL && !done; i++) {
        struct arguments_list run = {.items = {results[i]}, .count = 1};
        struct error why = {0};
        done = report_runs(&run, output, &worst, &why) == 0 || can_be_read(results[i], output->salvage);
        if (done) {
            *err = why;
        } else {
            fprintf(stderr, "twofold: passed over: %s\n", why.message);
            passed_over = true;
        }
    }
    file_list_free(results);
    if (!done) {
        error_input(err, "report: results/ holds no run; make one with: make bench");
    }
    return passed_over ? EXIT_USAGE : gate_line_status(worst);
}

int command_report(const struct command_line *line, struct error *err)
{
    struct output_options output = {0};
    struct arguments_list limits = {0}, fail_if = {0};
    enum condition_outcome worst = CONDITION_CLEAR;
    const struct option options[] = {
        {"format", OPTION_TEXT, &output.format, "NAME",
         "text (default), markdown, csv, json, junit, openmetrics or html"},
        {"limit", OPTION_TEXTS, &limits, "LIMIT", "judge by another limit, such as p99=100ms; may be repeated"},
        {"fail-if", OPTION_TEXTS, &fail_if, "CONDITION",
         "such as 'capacity<5000'; exit status 4 when it holds; may be repeated"},
        {"details", OPTION_FLAG, &output.details, NULL, "everything that is known of the run, not the answer alone"},
        {"steps", OPTION_FLAG, &output.steps, NULL, "every step of every ladder too"},
        {"explain", OPTION_FLAG, &output.explain, NULL, "say what the columns of tables mean"},
        {"salvage", OPTION_FLAG, &output.salvage, NULL,
         "leave damaged lines out, with the trials that they are of, and say which"},
        {"pairs", OPTION_TEXT, &output.pairs, "NAMES",
         "pairs of many services to show beside neighbours: all, or NAME, or NAME,NAME,…"},
        {"out", OPTION_TEXT, &output.file, "FILE", "write to a new file instead of standard output"},
        ARGUMENTS_EXAMPLE("report", "the newest run in results/: the answer, and what to do about it"),
        ARGUMENTS_EXAMPLE("report results/run.jsonl --details --limit p99=100ms",
                          "all that is known of a run, judged by another limit"),
        ARGUMENTS_EXAMPLE("report results/run.jsonl --format html --out report.html", "as a page for a browser"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    if (command_read(line, "report [RUN…] [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    output.limits = limits.items;
    output.fail_if = &fail_if;
    if (gate_line_check(&fail_if, err) != 0 ||
        command_check_destination(&(struct destination){"--out", output.file}, err) != 0) {
        return EXIT_USAGE;
    }
    if (rest.count == 0) {
        return report_newest(&output, err);
    }
    report_runs(&rest, &output, &worst, err);
    return gate_line_status(worst);
}
