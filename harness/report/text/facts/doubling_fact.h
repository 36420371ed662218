/* doubling_fact: the row of the heading about what doubles, from which load to which, and how requests arrive. */
#ifndef TWOFOLD_REPORT_TEXT_FACTS_DOUBLING_FACT_H
#define TWOFOLD_REPORT_TEXT_FACTS_DOUBLING_FACT_H

#include "plan/scenario/scenario.h"
#include "report/text/table.h"

void doubling_fact_add(struct table *facts, const struct scenario *scenario);

#endif
