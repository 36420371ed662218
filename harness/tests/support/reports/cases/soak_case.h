/* soak_case: a made-up run with steady loads after the ladder, for the reports. */
#ifndef TWOFOLD_TESTS_SUPPORT_SOAK_CASE_H
#define TWOFOLD_TESTS_SUPPORT_SOAK_CASE_H

#include "findings_builder.h"

void soak_case(struct findings_builder *builder);

#endif
