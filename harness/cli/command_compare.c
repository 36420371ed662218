#include "command.h"
#include "compare/sides.h"
#include "gate/gate_line.h"
#include "gate/github.h"
#include "output.h"

#include "analysis/comparison/comparison.h"
#include "report/compare/comparison_condition.h"
#include "report/compare/comparison_json.h"
#include "report/compare/comparison_report.h"
#include "report/compare/comparison_words.h"
#include "report/data/figure.h"
#include "report/page/html_page.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = "compare RUN[,RUN…][:SERVICE] RUN[,RUN…][:SERVICE]… [options]";
static const char after_help[] =
    "\nThe first side is A; what the others say is held against it. A side is one run or several, separated by "
    "commas.\n"
    "RUN:SERVICE is one service of it: RUN:main RUN:next compares two versions that ran interleaved in one run, block "
    "by\n"
    "block, as that run's report does.\n"
    "Only several runs a side show what differs beyond what two runs of one service differ by; with one run a side a\n"
    "difference is said to be one within these two runs. Runs of another scenario, ladder, deadline, number of\n"
    "connections or workers, or profile are refused by the key that differs.\n\n"
    "--fail-if FIGURE<CHANGE or FIGURE>CHANGE, of two sides: FIGURE is capacity, relative (capacity to the run's own\n"
    "reference service), cpu (a request), memory or p99; CHANGE is that of B from A: -10%, +20%. The last three are "
    "at\n"
    "the highest load that both hold. It holds as soon as it holds for one service: where a difference is seen, or "
    "where\n"
    "too little was measured to see one (one run a side, or few); what that is worth is said either way. One that "
    "would\n"
    "hold where nothing changed is refused. Exit status 4 when one holds; 3 when one cannot be judged because B has "
    "no\n"
    "figure where A has one. make ends with 2 whatever fails: a gate calls twofold itself.\n";

struct compare_line {
    const char *format, *file;
    struct arguments_list limits, fail_if;
    bool force, explain;
};

static int write_html(const struct compare_line *line, const struct comparison *comparison, struct text *out,
                      struct error *err)
{
    struct text plain = {0}, markdown = {0};

    if (line->file == NULL && output_is_terminal(STDOUT_FILENO)) {
        return error_input(err, "compare: a page is for a browser: add --out comparison.html, or > comparison.html");
    }
    json_t *data = comparison_json(comparison);
    comparison_report_markdown(comparison, false, &markdown);
    json_object_set_new(data, "markdown", figure_words(&markdown));
    comparison_report_text(comparison, &(struct page_look){0}, true, &plain);
    int result = html_page_write(&(struct html_page){.view = "comparison", .data = data, .plain = &plain}, out, err);
    text_release(&plain);
    json_decref(data);
    return result;
}

static int write_out(const struct compare_line *line, const struct comparison *comparison, struct error *err)
{
    const struct page_look look = output_look(line->file);
    enum report_format format = REPORT_TEXT;
    struct text out = {0};
    int result = 0;

    if (line->format != NULL && report_format_read(line->format, &format, err) != 0) {
        return -1;
    }
    switch (format) {
    case REPORT_MARKDOWN:
        comparison_report_markdown(comparison, line->explain, &out);
        break;
    case REPORT_JSON:
        comparison_json_write(comparison, &out);
        break;
    case REPORT_TEXT:
        comparison_report_text(comparison, &look, line->explain, &out);
        break;
    case REPORT_HTML:
        result = write_html(line, comparison, &out, err);
        break;
    default:
        return error_input(err, "compare: there is no %s of a comparison; there are text, markdown, json and html",
                           line->format);
    }
    if (result == 0) {
        result = command_write(&out, line->file, err);
    }
    text_release(&out);
    return result;
}

/* What each condition comes to is said on standard error. */
static int judge(const struct arguments_list *conditions, const struct comparison *comparison)
{
    enum condition_outcome worst = CONDITION_CLEAR;

    for (size_t i = 0; i < conditions->count; i++) {
        struct comparison_condition condition;
        struct text why = {0};
        if (comparison_condition_read(&condition, conditions->items[i], NULL) != 0) {
            continue;
        }
        enum condition_outcome outcome = comparison_condition_judge(&condition, comparison, &why);
        gate_line_say(conditions->items[i], outcome, why.data);
        if (outcome > worst) {
            worst = outcome;
        }
        text_release(&why);
    }
    return gate_line_status(worst);
}

static void summarize(const struct comparison *comparison)
{
    struct text markdown = {0};

    if (github_asks()) {
        comparison_report_markdown(comparison, false, &markdown);
        github_summarize(&markdown);
    }
    text_release(&markdown);
}

static int conclude(const struct compare_line *line, const struct comparison *comparison, struct error *err)
{
    if (comparison->unlike_count > 0 && !line->force) {
        struct text unlike = {0};
        comparison_words_unlike(&unlike, comparison);
        error_input(err,
                    "compare: %s; their figures do not belong beside each other (--force puts them there all the "
                    "same, and says so)",
                    unlike.data);
        text_release(&unlike);
        return EXIT_USAGE;
    }
    if (write_out(line, comparison, err) != 0) {
        return EXIT_FAILED;
    }
    summarize(comparison);
    return judge(&line->fail_if, comparison);
}

static int check_line(const struct compare_line *line, size_t run_count, struct error *err)
{
    if (run_count < 2 || run_count > COMPARISON_RUNS_MOST) {
        return error_input(err, "compare: expected 2 to %d sides, found %zu", COMPARISON_RUNS_MOST, run_count);
    }
    if (line->fail_if.count > 0 && run_count > 2) {
        return error_input(err, "compare: --fail-if holds B against A: expected two sides, found %zu", run_count);
    }
    for (size_t i = 0; i < line->fail_if.count; i++) {
        struct comparison_condition condition;
        if (comparison_condition_read(&condition, line->fail_if.items[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int compare(const struct compare_line *line, const struct arguments_list *words, struct error *err)
{
    const struct opened_options judged = {.limits = line->limits.items, .findings_only = true};
    struct comparison comparison;
    struct sides sides;
    int status = EXIT_USAGE;

    if (check_line(line, words->count, err) != 0 ||
        command_check_destination(&(struct destination){"--out", line->file}, err) != 0) {
        return EXIT_USAGE;
    }
    if (sides_read(&sides, words, &judged, err) == 0) {
        comparison_make(&comparison, sides.runs, sides.count);
        status = conclude(line, &comparison, err);
        comparison_release(&comparison);
    }
    sides_release(&sides);
    return status;
}

int command_compare(const struct command_line *line, struct error *err)
{
    struct compare_line settings = {0};
    const struct option options[] = {
        {"format", OPTION_TEXT, &settings.format, "NAME", "text (default), markdown, json or html"},
        {"fail-if", OPTION_TEXTS, &settings.fail_if, "CONDITION",
         "such as 'capacity<-10%'; exit status 4 when it holds"},
        {"force", OPTION_FLAG, &settings.force, NULL, "compare what is not comparable, and say so"},
        {"limit", OPTION_TEXTS, &settings.limits, "LIMIT",
         "judge by another limit, such as p99=100ms; may be repeated"},
        {"explain", OPTION_FLAG, &settings.explain, NULL, "say what the columns of tables mean"},
        {"out", OPTION_TEXT, &settings.file, "FILE", "write to a new file instead of standard output"},
        ARGUMENTS_EXAMPLE("compare results/old.jsonl results/new.jsonl --fail-if 'capacity<-10%'",
                          "is the new run worse? Status 4 where capacity fell by more than 10 %"),
        ARGUMENTS_EXAMPLE("compare results/run.jsonl:go results/run.jsonl:rust",
                          "two services of one run, block by block"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    int read = command_read(line, usage, options, &rest, err);
    if (read > 0) {
        fputs(line->manual == NULL ? after_help : "", stdout);
        return EXIT_FINE;
    }
    if (read < 0) {
        return EXIT_USAGE;
    }
    return compare(&settings, &rest, err);
}
