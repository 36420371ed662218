/* random_findings: made-up runs whose services are more or less alike. */
#ifndef TWOFOLD_TESTS_SUPPORT_RANDOM_FINDINGS_H
#define TWOFOLD_TESTS_SUPPORT_RANDOM_FINDINGS_H

#include "findings_builder.h"

#include <stdint.h>

#define RANDOM_SERVICES_MOST 5

/* A run of 1 to 8 trials of 2 to 5 services, named "s0", "s1" and so on. In a block of trials the machine is faster or
 * slower for all services. They are written in one of two languages, "A" and "B", with one of three frameworks, and
 * some are tuned. Some trials are missing, some services took no part, some steps are invalid. The same seed makes the
 * same run. Release with builder_release. */
void random_findings_make(struct findings_builder *builder, uint64_t seed);

#endif
