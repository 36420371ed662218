/* html: the report as one page that needs nothing else: no network, no second file. The page is built from harness/web
 * and kept inside the program; here the data of the runs goes into it, so that the page can judge them again under
 * limits that its reader moves.
 *
 * The data is one JSON object in an element of the page:
 *
 *   format                     1
 *   runs[]
 *     file                     the run log's name
 *     report                   what `--format json` says (report/data/json.h)
 *     scenario_text            the scenario, byte for byte
 *     raw[]                    for each of report.backends:
 *       steps[]                for each of its steps: the record (report/html_record.h)
 *       idle                   memory before any load: {rss_bytes, pss_bytes, …}
 *       recoveries[], soaks[]  of all its trials (report/html_after.h)
 *       forecasts[]            as they were made: {trial, step, level, service_cores, memory_bytes, p99_ns, in_flight,
 *                              busiest_thread}; null: no base for it
 *
 * Nothing in it can end its element or start another one, whatever a run log says. For a reader without scripts the
 * page holds the text report. */
#ifndef TWOFOLD_REPORT_HTML_H
#define TWOFOLD_REPORT_HTML_H

#include "analysis/finding.h"
#include "base/error.h"
#include "base/text.h"

#include <stddef.h>

struct html_run {
    const char *file; /* its name, without folders */
    const struct findings *findings;
};

/* Append the page of these runs, in this order. ERROR_FAILED where this program was built without the page. */
int html_write(const struct html_run *runs, size_t count, struct text *out, struct error *err);

#endif
