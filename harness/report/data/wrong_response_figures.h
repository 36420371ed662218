/* wrong_response_figures: the first wrong response of a step for programs. */
#ifndef TWOFOLD_REPORT_DATA_WRONG_RESPONSE_FIGURES_H
#define TWOFOLD_REPORT_DATA_WRONG_RESPONSE_FIGURES_H

#include "record/wrong_response.h"

#include <jansson.h>

/* The object that report/data/json.h describes; null for NULL. A new reference. */
json_t *wrong_response_figures(const struct wrong_response *wrong);

#endif
