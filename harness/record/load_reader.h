/* load_reader: the member "load" of a step or a recovery, read back. Used by run_reader only. */
#ifndef TWOFOLD_RECORD_LOAD_READER_H
#define TWOFOLD_RECORD_LOAD_READER_H

#include "base/error.h"
#include "record/load_record.h"

#include <jansson.h>

/* Fill `load`, which is zero, from the member of `step`. What was read stays in it on failure, for its owner to
 * release. */
int load_read(struct load_record *load, const json_t *step, struct error *err);

#endif
