/* attached_case: a report on services that ran already, one here and one on another machine. */
#ifndef TWOFOLD_TESTS_SUPPORT_ATTACHED_CASE_H
#define TWOFOLD_TESTS_SUPPORT_ATTACHED_CASE_H

#include "findings_builder.h"

void attached_case(struct findings_builder *builder);

#endif
