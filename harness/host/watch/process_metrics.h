/* process_metrics: what a page of metrics tells of the process that shows it: the standard process_* figures of the
 * Prometheus clients, and what well-known runtimes say beside them (record/reading/runtime.h). Pure: text in, figures
 * out. */
#ifndef TWOFOLD_HOST_WATCH_PROCESS_METRICS_H
#define TWOFOLD_HOST_WATCH_PROCESS_METRICS_H

#include "base/error.h"
#include "record/reading/runtime.h"

/* NAN: the page does not tell. A figure that comes with several labels is the sum of them. */
struct process_metrics {
    double cpu_s;                  /* process_cpu_seconds_total */
    double resident_bytes;         /* process_resident_memory_bytes */
    double file_descriptors;       /* process_open_fds */
    double file_descriptor_limit;  /* process_max_fds */
    double start_s;                /* process_start_time_seconds, since 1970 */
    struct runtime_sample runtime; /* its at_ns is the caller's */
};

/* Reads a page. ERROR_INPUT where it is HTML, where a line is no metric, and where it has neither the CPU time nor the
 * memory of the process. The message does not name the page. */
int process_metrics_read(struct process_metrics *ret_metrics, const char *page, struct error *err);

#endif
