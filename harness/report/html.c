#include "report/html.h"

#include "base/mem.h"
#include "report/data/figure.h"
#include "report/page/html_page.h"
#include "report/page/page_data.h"
#include "report/page/page_log.h"
#include "report/report.h"

#include <jansson.h>
#include <stdlib.h>

#define FORMAT 2

int html_write(const struct html_run *runs, size_t count, struct text *out, struct error *err)
{
    json_t *array = json_array();
    struct text plain = {0};
    struct text *logs = mem_new(count, sizeof *logs);

    for (size_t i = 0; i < count; i++) {
        const struct findings *findings = runs[i].findings;
        json_array_append_new(array, page_data(findings, runs[i].file));
        page_log_write(findings, &logs[i]);
        report_write(findings, REPORT_TEXT, NULL, &plain);
        text_add(&plain, i + 1 < count ? "\n\n" : "");
    }
    json_t *top = figures_object((struct figure[]){
        {"format", figure_count(FORMAT)},
        {"runs", array},
        {NULL, NULL},
    });
    int result = html_page_write(&(struct html_page){"report", top, &plain, logs, count}, out, err);
    json_decref(top);
    text_release(&plain);
    for (size_t i = 0; i < count; i++) {
        text_release(&logs[i]);
    }
    free(logs);
    return result;
}
