#include "command.h"
#include "output.h"
#include "places.h"

#include <stdbool.h>
#include <stdlib.h>

int command_report(const struct command_line *line, struct error *err)
{
    struct output_options output = {0};
    struct arguments_list limits = {0};
    const struct option options[] = {
        {"format", OPTION_TEXT, &output.format, "NAME", "text (default), markdown, csv, json or html"},
        {"limit", OPTION_TEXTS, &limits, "LIMIT", "judge by another limit, such as p99=100ms; may be repeated"},
        {"steps", OPTION_FLAG, &output.steps, NULL, "show every step of every ladder too"},
        {"out", OPTION_TEXT, &output.file, "FILE", "write to a new file instead of standard output"},
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    if (command_read(line, "report [RUN…] [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    output.limits = limits.items;
    char *newest = NULL;
    if (rest.count == 0) {
        newest = places_newest_result();
        if (newest == NULL) {
            error_input(err, "report: results/ holds no run; make one with: make bench");
            return EXIT_USAGE;
        }
        rest.items[rest.count++] = newest;
    }
    if (output_is_page(&output)) {
        output_page(rest.items, rest.count, &output, err);
    } else if (rest.count > 1) {
        output_overview(rest.items, rest.count, &output, err);
    } else {
        output_report(rest.items[0], &output, NULL, err);
    }
    free(newest);
    return EXIT_FINE;
}
