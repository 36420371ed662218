/* page_log: the run log as the page holds it, so that it can be judged there again under other limits.
 *
 * A run log in the format of the file (record/run_log.h), with two differences that make it small. Histograms are not
 * compressed one by one, since the page compresses the whole. And buckets whose difference no rule of analysis/ and no
 * chart asks for are merged: under every limit the findings of this log are those of the log it was made from. What is
 * kept:
 *
 *   response, service of a step
 *                          every percentile that a limit can be set on, exactly; else to one or two hundredths, which
 *                          is finer than a line on a screen. Of the response time also the bounds of the percentiles;
 *                          it is kept whole where accept queues were full, for only then the share within a limit is
 *                          asked for (analysis/cause/backlog.h)
 *   intervals of a step    its percentiles, and the share at or below each percentile of the step
 *   intervals of a recovery
 *                          whole
 *   requests               their percentiles, and those of the groups that analysis/verdict/request_classes.h makes
 *   send lag               p99
 *   samples                those of the measured part of a step, without the columns that nothing asks for; none of a
 *                          recovery */
#ifndef TWOFOLD_REPORT_DATA_PAGE_LOG_H
#define TWOFOLD_REPORT_DATA_PAGE_LOG_H

#include "base/text.h"
#include "plan/traffic/traffic.h"
#include "record/run_log.h"

/* Append the lines of `log`, whose scenario has this traffic. */
void page_log_write(const struct run_log *log, const struct traffic *traffic, struct text *out);

#endif
