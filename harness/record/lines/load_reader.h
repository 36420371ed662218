/* load_reader: reads the member "load" of a step or a recovery. For run_reader only. */
#ifndef TWOFOLD_RECORD_LINES_LOAD_READER_H
#define TWOFOLD_RECORD_LINES_LOAD_READER_H

#include "base/error.h"
#include "record/load_record.h"

#include <jansson.h>

/* Fills `load`, which must be zeroed, from the member of `step`. The caller releases it, also on failure. */
int load_read(struct load_record *load, const json_t *step, struct error *err);

#endif
