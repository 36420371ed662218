/* slow_case: a made-up run with slow connections beside its load, for the reports. */
#ifndef TWOFOLD_TESTS_SUPPORT_SLOW_CASE_H
#define TWOFOLD_TESTS_SUPPORT_SLOW_CASE_H

#include "findings_builder.h"

void slow_case(struct findings_builder *builder);

#endif
