#include "command.h"
#include "output.h"
#include "places.h"

#include "base/file.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stdio.h>

static int report_runs(const struct arguments_list *runs, const struct output_options *output, struct error *err)
{
    if (output_is_page(output)) {
        return output_page(runs->items, runs->count, output, err);
    }
    if (runs->count > 1) {
        return output_overview(runs->items, runs->count, output, err);
    }
    return output_report(runs->items[0], output, NULL, err);
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

    for (size_t i = 0; results[i] != NULL && !done; i++) {
        struct arguments_list run = {.items = {results[i]}, .count = 1};
        struct error why = {0};
        done = report_runs(&run, output, &why) == 0 || can_be_read(results[i], output->salvage);
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
    return passed_over ? EXIT_USAGE : EXIT_FINE;
}

int command_report(const struct command_line *line, struct error *err)
{
    struct output_options output = {0};
    struct arguments_list limits = {0};
    const struct option options[] = {
        {"format", OPTION_TEXT, &output.format, "NAME", "text (default), markdown, csv, json or html"},
        {"limit", OPTION_TEXTS, &limits, "LIMIT", "judge by another limit, such as p99=100ms; may be repeated"},
        {"steps", OPTION_FLAG, &output.steps, NULL, "show every step of every ladder too"},
        {"salvage", OPTION_FLAG, &output.salvage, NULL,
         "leave damaged lines out, with the trials that they are of, and say which"},
        {"pairs", OPTION_TEXT, &output.pairs, "NAMES",
         "pairs of many services to show beside neighbours: all, or NAME, or NAME,NAME,…"},
        {"out", OPTION_TEXT, &output.file, "FILE", "write to a new file instead of standard output"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    if (command_read(line, "report [RUN…] [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    output.limits = limits.items;
    if (command_check_destination(&(struct destination){"--out", output.file}, err) != 0) {
        return EXIT_USAGE;
    }
    if (rest.count == 0) {
        return report_newest(&output, err);
    }
    report_runs(&rest, &output, err);
    return EXIT_FINE;
}
