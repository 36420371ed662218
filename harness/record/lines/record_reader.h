/* record_reader: one record of a run log, out of the line that it stands in. */
#ifndef TWOFOLD_RECORD_LINES_RECORD_READER_H
#define TWOFOLD_RECORD_LINES_RECORD_READER_H

#include "base/error.h"
#include "record/run_log.h"

#include <stddef.h>

/* Adds the record in the line, which has no line end, to the log that the lines before it made. ERROR_INPUT says what
 * is wrong with it; the log may then hold a part of the record (run_log_shrink). */
int record_reader_add(struct run_log *log, const char *line, size_t length, struct error *err);

#endif
