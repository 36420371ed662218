/* forecasts_case: a made-up run with a search, forecasts and recoveries, for the reports. */
#ifndef TWOFOLD_TESTS_SUPPORT_FORECASTS_CASE_H
#define TWOFOLD_TESTS_SUPPORT_FORECASTS_CASE_H

#include "findings_builder.h"

void forecasts_case(struct findings_builder *builder);

#endif
