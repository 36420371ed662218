/* languages_case: a made-up run of several frameworks a language, for the reports. */
#ifndef TWOFOLD_TESTS_SUPPORT_LANGUAGES_CASE_H
#define TWOFOLD_TESTS_SUPPORT_LANGUAGES_CASE_H

#include "findings_builder.h"

void languages_case(struct findings_builder *builder);

#endif
