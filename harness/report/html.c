#include "report/html.h"

#include "report/report.h"

int html_write(const struct html_run *runs, size_t count, struct text *out, struct error *err)
{
    const struct report_options details = {.details = true, .explain = true};
    struct text plain = {0};

    for (size_t i = 0; i < count; i++) {
        report_write(runs[i].findings, REPORT_TEXT, &details, &plain);
        text_add(&plain, i + 1 < count ? "\n\n" : "");
    }
    int result =
        html_page_write(&(struct html_page){.view = "report", .plain = &plain, .runs = runs, .run_count = count}, out,
                        err);
    text_release(&plain);
    return result;
}
