#include "output.h"

#include "analysis/reliability.h"
#include "base/mem.h"
#include "command.h"
#include "opened.h"
#include "record/run_log.h"
#include "report/html.h"
#include "report/standing/pair_table.h"
#include "report/text/page.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

size_t output_width(void)
{
    struct winsize size;
    bool known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;

    if (known && size.ws_col < PAGE_WIDTH) {
        return size.ws_col;
    }
    return PAGE_WIDTH;
}

static bool any_left_out(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].record->skipped != NULL) {
            return true;
        }
    }
    return false;
}

int output_report(const char *run, const struct output_options *options, struct output_validity *ret_validity,
                  struct error *err)
{
    enum report_format format = REPORT_TEXT;
    struct run_log log;
    struct findings findings;
    struct text out = {0};
    int result = -1;

    if (options->format != NULL && report_format_read(options->format, &format, err) != 0) {
        return -1;
    }
    if (opened_log(&log, run, options->salvage, err) != 0) {
        return -1;
    }
    if (options->unless_empty && log.step_count == 0) {
        result = 0;
    } else if (findings_make(&findings, &log, options->limits, err) == 0) {
        const struct report_options report = {
            .steps = options->steps,
            .pairs = options->pairs,
            .answer_last = options->file == NULL && isatty(STDOUT_FILENO),
            .width = output_width(),
        };
        result = pair_table_check(options->pairs, &findings, err);
        if (result == 0) {
            report_write(&findings, format, &report, &out);
            result = command_write(&out, options->file, err);
        }
        if (ret_validity != NULL) {
            *ret_validity =
                (struct output_validity){.valid = reliability_valid(&findings), .left_out = any_left_out(&findings)};
        }
        findings_release(&findings);
    }
    text_release(&out);
    run_log_release(&log);
    return result;
}

bool output_is_page(const struct output_options *options)
{
    enum report_format format = REPORT_TEXT;
    return options->format != NULL && report_format_read(options->format, &format, NULL) == 0 && format == REPORT_HTML;
}

int output_page(const char *const *runs, size_t count, const struct output_options *options, struct error *err)
{
    const struct opened_options judged = {.limits = options->limits, .salvage = options->salvage};
    struct opened *opened;
    struct text out = {0};

    if (options->file == NULL && isatty(STDOUT_FILENO)) {
        return error_input(err, "report: a page is for a browser: add --out report.html, or > report.html");
    }
    if (opened_read_all(&opened, runs, count, &judged, err) != 0) {
        return -1;
    }
    struct html_run *pages = mem_new(count, sizeof *pages);
    for (size_t i = 0; i < count; i++) {
        pages[i] = (struct html_run){.file = opened[i].file, .findings = &opened[i].findings};
    }
    int result = html_write(pages, count, &out, err);
    if (result == 0) {
        result = command_write(&out, options->file, err);
    }
    text_release(&out);
    free(pages);
    opened_free(opened, count);
    return result;
}

int output_overview(const char *const *runs, size_t count, const struct output_options *options, struct error *err)
{
    const struct opened_options judged = {.limits = options->limits, .salvage = options->salvage};
    enum report_format format = REPORT_TEXT;
    struct opened *opened;
    struct text out = {0};

    if (options->format != NULL && report_format_read(options->format, &format, err) != 0) {
        return -1;
    }
    if (format != REPORT_TEXT && format != REPORT_MARKDOWN) {
        return error_input(err,
                           "report: several runs go into one table as text or markdown, or into one page as html; for "
                           "%s give one run",
                           options->format);
    }
    if (opened_read_all(&opened, runs, count, &judged, err) != 0) {
        return -1;
    }
    const struct findings **findings = mem_new(count, sizeof(const struct findings *));
    for (size_t i = 0; i < count; i++) {
        findings[i] = &opened[i].findings;
    }
    report_write_overview(findings, count, format, output_width(), &out);
    int result = command_write(&out, options->file, err);
    text_release(&out);
    free(findings);
    opened_free(opened, count);
    return result;
}
