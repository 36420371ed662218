#include "output.h"

#include "base/mem.h"
#include "command.h"
#include "record/run_log.h"
#include "report/html.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* As wide as the terminal, where it is one; REPORT_WIDTH at most. */
static size_t terminal_width(void)
{
    struct winsize size;
    bool known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known && size.ws_col < REPORT_WIDTH ? size.ws_col : REPORT_WIDTH;
}

int output_report(const char *run, const struct output_options *options, struct error *err)
{
    enum report_format format = REPORT_TEXT;
    struct run_log log;
    struct findings findings;
    struct text out = {0};
    int result = -1;

    if (options->format != NULL && report_format_read(options->format, &format, err) != 0) {
        return -1;
    }
    if (run_log_read(&log, run, err) != 0) {
        return -1;
    }
    if (findings_make(&findings, &log, options->limits, err) == 0) {
        report_write(&findings, format, &(struct report_options){.steps = options->steps, .width = terminal_width()},
                     &out);
        result = command_write(&out, options->file, err);
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

/* One run of the page; its findings borrow from its log. */
struct opened {
    struct run_log log;
    struct findings findings;
};

static int open_run(struct opened *opened, const char *file, const char *const *limits, struct error *err)
{
    if (run_log_read(&opened->log, file, err) != 0) {
        return -1;
    }
    if (findings_make(&opened->findings, &opened->log, limits, err) != 0) {
        run_log_release(&opened->log);
        return error_context(err, "%s", file);
    }
    return 0;
}

static const char *name_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash != NULL ? slash + 1 : file;
}

int output_page(const char *const *runs, size_t count, const struct output_options *options, struct error *err)
{
    struct opened *opened = mem_new(count, sizeof *opened);
    struct html_run *pages = mem_new(count, sizeof *pages);
    struct text out = {0};
    size_t done = 0;
    int result = -1;

    if (options->file == NULL && isatty(STDOUT_FILENO)) {
        error_input(err, "report: a page is for a browser: add --out report.html, or > report.html");
        goto release;
    }
    for (; done < count; done++) {
        if (open_run(&opened[done], runs[done], options->limits, err) != 0) {
            goto release;
        }
        pages[done] = (struct html_run){.file = name_of(runs[done]), .findings = &opened[done].findings};
    }
    result = html_write(pages, count, &out, err) == 0 ? command_write(&out, options->file, err) : -1;
release:
    for (size_t i = 0; i < done; i++) {
        findings_release(&opened[i].findings);
        run_log_release(&opened[i].log);
    }
    text_release(&out);
    free(pages);
    free(opened);
    return result;
}
