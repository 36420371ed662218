/* html_after: what each trial of a service had after its ladder, as the page takes it. The page stands for its service
 * by another trial where limits were moved, so it has those of all trials.
 *
 *   html_after_recoveries      {trial, load, memory, died_at_ns, intervals: with `counts` of each beside their
 * quantiles}, the record as in html_record.h html_after_soaks           {trial, level, offered, sent, completed, good,
 * failures: {kind: count}, death, record, memory: {start_bytes, end_bytes, bytes_per_s, rises, levels_off, and how it
 * is told: seen: as a rise, words, estimate, interval}}. None of it depends on limits: when one would be reached is the
 * page's own */
#ifndef TWOFOLD_REPORT_DATA_HTML_AFTER_H
#define TWOFOLD_REPORT_DATA_HTML_AFTER_H

#include "analysis/finding.h"

#include <jansson.h>

/* Arrays in the order of the run log; each gives a new reference. */
json_t *html_after_recoveries(const struct findings *findings, const char *backend);
json_t *html_after_soaks(const struct findings *findings, const char *backend);

#endif
