/* interval_log: the response times of one load record as an HdrHistogram interval log (format 1.3): a line for each
 * interval, which HdrHistogram's own tools read, plot and merge. Values are nanoseconds, two significant digits. */
#ifndef TWOFOLD_RECORD_INTERVAL_LOG_H
#define TWOFOLD_RECORD_INTERVAL_LOG_H

#include "base/text.h"
#include "record/load_record.h"

/* Append the whole log. `started` is the wall clock at the start of the measured part, in seconds since 1970: only the
 * log's heading has it; lines count from there. */
void interval_log_write(const struct load_record *record, double started, struct text *out);

#endif
