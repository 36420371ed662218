/* outlook_case: a made-up run with a search, forecasts and recoveries, for the reports. */
#ifndef TWOFOLD_TESTS_OUTLOOK_CASE_H
#define TWOFOLD_TESTS_OUTLOOK_CASE_H

#include "findings_builder.h"

void outlook_case(struct findings_builder *builder);

#endif
