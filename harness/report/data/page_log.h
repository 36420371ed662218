/* page_log: the run log as the page holds it, so that the page can judge it again under other limits.
 *
 * It is a run log in the format of the file (record/run_log.h) with two differences that make it small. Its histograms
 * are not compressed one by one, since the page compresses the whole. And buckets that neither a rule of analysis/ nor
 * a chart tells apart are merged: under every limit, the findings of this log equal those of the log it was made from.
 *
 * Response and service time of a step keep exactly every percentile that a limit can be set on, and everything else to
 * one or two hundredths, which is finer than a line on a screen. Response time also keeps the ends of the confidence
 * intervals of these percentiles. Where an accept queue was full it is kept whole, because only then the share within a
 * limit is needed (analysis/cause/backlog.h).
 *
 * Each interval of a step keeps its percentiles, and the share at or below each percentile of the step. The intervals
 * of a recovery are kept whole. Requests keep their percentiles, and those of the groups that
 * analysis/verdict/request_classes.h makes of them. Send lag keeps its p99.
 *
 * Samples are those of the measured part of a step, without the columns that nothing needs; a recovery has the first
 * and the last of its. */
#ifndef TWOFOLD_REPORT_DATA_PAGE_LOG_H
#define TWOFOLD_REPORT_DATA_PAGE_LOG_H

#include "base/text.h"
#include "plan/traffic/traffic.h"
#include "record/run_log.h"

/* Append the lines of `log`, whose scenario has this traffic. */
void page_log_write(const struct run_log *log, const struct traffic *traffic, struct text *out);

#endif
