/* run_head: the first record of the example run. */
#ifndef TWOFOLD_TESTS_SUPPORT_RUN_HEAD_H
#define TWOFOLD_TESTS_SUPPORT_RUN_HEAD_H

#include "record/run_log.h"

/* Every member says something of its own. */
void run_head_make(struct run_record *run);

#endif
