#include "output.h"

#include "analysis/reliability.h"
#include "base/mem.h"
#include "command.h"
#include "fleet/ranks.h"
#include "front/shell_word.h"
#include "gate/gate_line.h"
#include "gate/github.h"
#include "opened.h"
#include "record/run_log.h"
#include "report/html.h"
#include "report/standing/pair_table.h"
#include "report/text/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool output_is_terminal(int fd)
{
    return isatty(fd) && !ranks_launched();
}

static size_t terminal_width(void)
{
    struct winsize size;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;

    if (known && size.ws_col < PAGE_WIDTH) {
        return size.ws_col;
    }
    return PAGE_WIDTH;
}

/* Its user can forbid it (https://no-color.org). */
static bool terminal_has_colour(void)
{
    const char *forbidden = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool dumb = terminal == NULL || terminal[0] == '\0' || strcmp(terminal, "dumb") == 0;

    return !dumb && (forbidden == NULL || forbidden[0] == '\0');
}

struct page_look output_look(const char *file)
{
    struct page_look look = {0};

    if (file == NULL && output_is_terminal(STDOUT_FILENO)) {
        look = (struct page_look){.width = terminal_width(), .colour = terminal_has_colour()};
    }
    return look;
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

/* What makes the report of `run` again, as a shell reads it. */
static void add_command(struct text *out, const char *run)
{
    shell_word_add(out, program_invocation_name);
    text_add(out, " report ");
    shell_word_add(out, run);
}

static int write_report(const struct findings *findings, const char *run, enum report_format format,
                        const struct output_options *options, const struct gate *gate, struct error *err)
{
    const struct page_look look = output_look(options->file);
    struct text command = {0}, out = {0};

    if (pair_table_check(options->pairs, findings, err) != 0) {
        return -1;
    }
    add_command(&command, run);
    const struct report_options report = {
        .gate = gate,
        .details = options->details,
        .explain = options->explain,
        .steps = options->steps,
        .pairs = options->pairs,
        .answer_last = options->file == NULL && output_is_terminal(STDOUT_FILENO),
        .colour = look.colour,
        .command = command.data,
        .width = look.width,
    };
    report_write(findings, format, &report, &out);
    int result = command_write(&out, options->file, err);
    text_release(&command);
    text_release(&out);
    return result;
}

/* The limits and conditions, for a build service. */
static int write_junit(const struct findings *findings, const struct gate *gate, const char *file, struct error *err)
{
    struct text out = {0};

    if (file == NULL) {
        return 0;
    }
    report_write(findings, REPORT_JUNIT, &(struct report_options){.gate = gate}, &out);
    int result = command_write_to(&out, &(struct destination){"--junit", file}, err);
    text_release(&out);
    return result;
}

/* The report once more, for those who look at a workflow. */
static void summarize(const struct findings *findings, enum report_format format)
{
    struct text markdown = {0};

    if (!github_asks() || (format != REPORT_TEXT && format != REPORT_MARKDOWN)) {
        return;
    }
    report_write(findings, REPORT_MARKDOWN, NULL, &markdown);
    github_summarize(&markdown);
    text_release(&markdown);
    if (!reliability_valid(findings)) {
        github_annotate("warning", "twofold: not valid", "The warnings of the report say which service, and why");
    }
}

static int judge_and_write(const struct findings *findings, const char *run, enum report_format format,
                           const struct output_options *options, struct output_validity *validity, struct error *err)
{
    struct run_condition *conditions;
    struct gate gate;

    if (gate_line_read(options->fail_if, &conditions, err) != 0) {
        return -1;
    }
    gate_judge(conditions, conditions != NULL ? options->fail_if->count : 0, findings, &gate);
    int result = write_report(findings, run, format, options, &gate, err);
    if (result == 0) {
        result = write_junit(findings, &gate, options->junit, err);
        summarize(findings, format);
        gate_line_say_all(&gate);
    }
    *validity = (struct output_validity){.valid = reliability_valid(findings),
                                         .left_out = any_left_out(findings),
                                         .gate = gate.worst};
    gate_release(&gate);
    free(conditions);
    return result;
}

int output_report(const char *run, const struct output_options *options, struct output_validity *ret_validity,
                  struct error *err)
{
    enum report_format format = REPORT_TEXT;
    struct output_validity validity = {.valid = true};
    struct run_log log;
    struct findings findings;
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
        result = judge_and_write(&findings, run, format, options, &validity, err);
        if (ret_validity != NULL) {
            *ret_validity = validity;
        }
        findings_release(&findings);
    }
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

    if (options->file == NULL && output_is_terminal(STDOUT_FILENO)) {
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
    if (format != REPORT_TEXT && format != REPORT_MARKDOWN && format != REPORT_CSV) {
        return error_input(err,
                           "report: several runs go into one table as text, markdown or csv, or into one page as html; "
                           "for %s give one run",
                           options->format);
    }
    if (opened_read_all(&opened, runs, count, &judged, err) != 0) {
        return -1;
    }
    const struct page_look look = output_look(options->file);
    const struct findings **findings = mem_new(count, sizeof(const struct findings *));
    for (size_t i = 0; i < count; i++) {
        findings[i] = &opened[i].findings;
    }
    report_write_overview(findings, count, format, &look, &out);
    int result = command_write(&out, options->file, err);
    text_release(&out);
    free(findings);
    opened_free(opened, count);
    return result;
}
