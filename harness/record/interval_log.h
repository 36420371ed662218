/* interval_log: the response times of a load record as an HdrHistogram interval log (format 1.3), with one line for
 * each interval, so that HdrHistogram's own tools can read, plot and merge them. Values are nanoseconds with two
 * significant digits. */
#ifndef TWOFOLD_RECORD_INTERVAL_LOG_H
#define TWOFOLD_RECORD_INTERVAL_LOG_H

#include "base/text.h"
#include "record/load_record.h"

/* Appends the log to `out`. `started` is the wall clock at the start of the measured time, in seconds since 1970. It is
 * only in the header of the log; the times of the lines are relative to it. */
void interval_log_write(const struct load_record *record, double started, struct text *out);

#endif
