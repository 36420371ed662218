/* page_log: the run log as the page holds it, so that the page can judge it again under other limits: of the response
 * time, 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8 and 9 times a power of ten (150 ms, not 160 ms) and the report's own; of
 * all else, any. To judge by any response time at all, it would have to keep every bucket of every interval.
 *
 * It is a run log in the format of the file (record/run_log.h) with two differences that make it small. Its histograms
 * are not compressed one by one, since the page compresses the whole. And buckets that neither a rule of analysis/ nor
 * a chart tells apart are merged: under each of these limits, the findings of this log equal those of the log it was
 * made from.
 *
 * Response and service time of a step keep exactly every percentile that a limit can be set on, and everything else to
 * three to six hundredths, which is as fine as a line on a screen needs. Response time also keeps the ends of the
 * confidence intervals of these percentiles. Where an accept queue was full it is kept whole, because only then the
 * share within a limit is needed (analysis/cause/backlog.h).
 *
 * Each interval keeps its percentiles, the share at or below each percentile of the step, and how many requests took
 * longer than each of the limits named above, and than half of it, which is what a verdict counts. Requests keep their
 * percentiles, and those of the groups that analysis/verdict/request_classes.h makes of them. Send lag keeps its p99.
 *
 * Samples are those of the measured part of a step, or all where the service's process died, without the columns that
 * nothing needs. */
#ifndef TWOFOLD_REPORT_PAGE_PAGE_LOG_H
#define TWOFOLD_REPORT_PAGE_PAGE_LOG_H

#include "analysis/finding.h"
#include "base/text.h"
#include "report/page/packer.h"

/* Append the lines of the findings' log. */
void page_log_write(const struct findings *findings, struct text *out);

/* The same into a packer, line by line, so that the text is never whole in memory. */
void page_log_pack(const struct findings *findings, struct packer *packer);

#endif
