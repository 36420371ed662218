#include "output.h"

#include "command.h"
#include "record/run_log.h"

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
