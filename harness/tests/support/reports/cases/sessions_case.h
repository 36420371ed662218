/* sessions_case: a made-up run whose users walk sessions, for the reports. */
#ifndef TWOFOLD_TESTS_SUPPORT_SESSIONS_CASE_H
#define TWOFOLD_TESTS_SUPPORT_SESSIONS_CASE_H

#include "findings_builder.h"

void sessions_case(struct findings_builder *builder);

#endif
