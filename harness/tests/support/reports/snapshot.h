/* snapshot: a file under cases/ that holds what a writer made once. */
#ifndef TWOFOLD_TESTS_SUPPORT_SNAPSHOT_H
#define TWOFOLD_TESTS_SUPPORT_SNAPSHOT_H

#include "base/text.h"

/* Fails the test where folder/file is not `made`, byte for byte. With TWOFOLD_UPDATE in the environment it is written
 * instead. */
void snapshot_check(const char *folder, const char *file, const struct text *made);

#endif
