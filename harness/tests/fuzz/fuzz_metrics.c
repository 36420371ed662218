/* A page of metrics, as a service shows it. */
#include "fuzz.h"
#include "host/watch/process_metrics.h"
#include "host/watch/prometheus_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check_figures(const char *page)
{
    struct prometheus_figure figure;
    enum prometheus_line line;
    const char *at = page, *before = at, *end = page + strlen(page);

    while ((line = prometheus_text_next(&at, &figure)) == PROMETHEUS_FIGURE) {
        FUZZ_HOLDS(at > before && at <= end);
        FUZZ_HOLDS(figure.name >= before && figure.name_length > 0 && figure.name + figure.name_length <= at);
        FUZZ_HOLDS(figure.labels >= before && figure.labels + figure.labels_length <= at);
        prometheus_figure_has(&figure, "state", "used");
        before = at;
    }
    FUZZ_HOLDS(line != PROMETHEUS_END || at == end);
}

static void check_known(double value)
{
    FUZZ_HOLDS(isnan(value) || (isfinite(value) && value >= 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    char *page = fuzz_string(&bytes);
    struct process_metrics metrics = {.cpu_s = -4711};
    struct error err = {0};

    check_figures(page);
    if (fuzz_taken(process_metrics_read(&metrics, page, &err), &err)) {
        check_known(metrics.cpu_s);
        check_known(metrics.resident_bytes);
        check_known(metrics.file_descriptors);
        check_known(metrics.file_descriptor_limit);
        check_known(metrics.runtime.event_loop_lag_ns);
        check_known(metrics.runtime.gc_ns);
        check_known(metrics.runtime.pool_active);
    } else {
        FUZZ_HOLDS(metrics.cpu_s == -4711);
    }
    free(page);
    return 0;
}
