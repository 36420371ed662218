/* unread: takes parts of the samples of a built step away, as if they had not been read (record/sample.h). */
#ifndef TWOFOLD_TESTS_SUPPORT_UNREAD_H
#define TWOFOLD_TESTS_SUPPORT_UNREAD_H

#include "record/run_log.h"

/* The parts (enum sample_part) of all samples; and of all but every `every`th one, from the first of the measured part
 * on. */
void unread_always(struct step_record *record, uint64_t parts);
void unread_between(struct step_record *record, uint64_t parts, size_t every);

#endif
