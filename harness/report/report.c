#include "report/report.h"

#include "report/classes/request_classes.h"
#include "report/data/csv.h"
#include "report/data/json.h"
#include "report/data/open_metrics.h"
#include "report/front/answer.h"
#include "report/front/capacity_table.h"
#include "report/front/imprint.h"
#include "report/front/remedies.h"
#include "report/gate/junit.h"
#include "report/profile/profile_lines.h"
#include "report/resource/resource_table.h"
#include "report/standing/box_table.h"
#include "report/standing/fault_table.h"
#include "report/standing/generator_table.h"
#include "report/standing/pair_table.h"
#include "report/standing/standing.h"
#include "report/standing/summary.h"
#include "report/text/clients/slow_table.h"
#include "report/text/forecasts.h"
#include "report/text/heading.h"
#include "report/text/markdown.h"
#include "report/text/overview.h"
#include "report/text/page.h"
#include "report/text/session_table.h"
#include "report/text/soak.h"
#include "report/text/steps.h"
#include "report/text/terminal.h"
#include "report/words/sentence.h"

#include <assert.h>
#include <string.h>

int report_format_read(const char *name, enum report_format *ret_format, struct error *err)
{
    static const char *const names[] = {
        [REPORT_TEXT] = "text",   [REPORT_MARKDOWN] = "markdown",       [REPORT_CSV] = "csv",   [REPORT_JSON] = "json",
        [REPORT_JUNIT] = "junit", [REPORT_OPENMETRICS] = "openmetrics", [REPORT_HTML] = "html", NULL,
    };

    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(name, names[i]) == 0) {
            *ret_format = (enum report_format)i;
            return 0;
        }
    }
    const char *nearest = text_nearest(name, names);
    if (nearest != NULL) {
        return error_input(err, "\"%s\" is not a report format; did you mean \"%s\"?", name, nearest);
    }
    return error_input(err,
                       "\"%s\" is not a report format; there are text, markdown, csv, json, junit, openmetrics and "
                       "html",
                       name);
}

static void write_sentences(struct page *page, const struct findings *findings)
{
    page->style->section(page, "Service by service");
    for (size_t i = 0; i < findings->backend_count; i++) {
        struct text sentence = {0};
        sentence_write(&sentence, findings, &findings->backends[i]);
        page->style->item(page, sentence.data);
        text_release(&sentence);
    }
}

static void write_answer(struct page *page, const struct findings *findings, bool details)
{
    answer_write(page, findings);
    capacity_table_write(page, findings, details);
}

static void write_details(struct page *page, const struct findings *findings, const struct report_options *options)
{
    page->style->section(page, "What was run");
    heading_write(page, findings);
    summary_write(page, findings);
    request_classes_write(page, findings);
    session_table_write(page, findings);
    slow_table_write(page, findings);
    generator_table_write(page, findings);
    resource_table_write(page, findings);
    fault_table_write(page, findings);
    box_table_write(page, findings);
    standing_write(page, findings);
    pair_table_write(page, findings, options->pairs);
    forecasts_write(page, findings);
    soak_write(page, findings);
    write_sentences(page, findings);
    profile_lines_write(page, findings);
}

/* The parts of a report that is longer than a screen: those for whom it is read again from a terminal's end. */
static void write_long(struct page *page, const struct findings *findings, const struct report_options *options)
{
    if (!options->answer_last) {
        write_answer(page, findings, options->details);
    }
    if (options->details) {
        write_details(page, findings, options);
    } else if (options->pairs != NULL) {
        pair_table_write(page, findings, options->pairs);
    }
    if (options->steps) {
        steps_write(page, findings);
    }
    remedies_write_all(page, findings);
    if (options->answer_last) {
        write_answer(page, findings, options->details);
    }
}

static void write_short(struct page *page, const struct findings *findings, const struct report_options *options)
{
    write_answer(page, findings, false);
    box_table_write(page, findings);
    profile_lines_write(page, findings);
    remedies_write(page, findings, options->command);
    imprint_write(page, findings);
}

static void write_page(struct page *page, const struct findings *findings, const struct report_options *options)
{
    page->style->title(page, "twofold: what breaks first when traffic doubles");
    if (options->details || options->steps || options->pairs != NULL) {
        write_long(page, findings, options);
    } else {
        write_short(page, findings, options);
    }
}

static const struct report_options no_options;

void report_write(const struct findings *findings, enum report_format format, const struct report_options *options,
                  struct text *out)
{
    if (options == NULL) {
        options = &no_options;
    }
    struct page page = {.out = out,
                        .width = page_width(options->width),
                        .colour = options->colour,
                        .explained = options->explain};

    switch (format) {
    case REPORT_TEXT:
        page.style = &terminal_style;
        break;
    case REPORT_MARKDOWN:
        page.style = &markdown_style;
        break;
    case REPORT_CSV:
        csv_write(&findings, 1, out);
        return;
    case REPORT_JSON:
        json_write_findings(findings, out);
        return;
    case REPORT_JUNIT:
        junit_write(findings, options->gate, out);
        return;
    case REPORT_OPENMETRICS:
        open_metrics_write(findings, out);
        return;
    case REPORT_HTML:
        assert(format != REPORT_HTML);
        return;
    }
    write_page(&page, findings, options);
}

void report_write_overview(const struct findings *const *runs, size_t count, enum report_format format,
                           const struct page_look *look, struct text *out)
{
    assert(format == REPORT_TEXT || format == REPORT_MARKDOWN || format == REPORT_CSV);
    if (format == REPORT_CSV) {
        csv_write(runs, count, out);
        return;
    }
    struct page page = {.style = &terminal_style, .out = out, .width = page_width(look->width), .colour = look->colour};

    if (format == REPORT_MARKDOWN) {
        page.style = &markdown_style;
    }
    overview_write(&page, runs, count);
}
