/* poison_case: a report on a scenario of which some requests are malformed. */
#ifndef TWOFOLD_TESTS_SUPPORT_POISON_CASE_H
#define TWOFOLD_TESTS_SUPPORT_POISON_CASE_H

#include "findings_builder.h"

void poison_case(struct findings_builder *builder);

#endif
