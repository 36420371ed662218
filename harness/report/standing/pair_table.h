/* pair_table: each two services of a run against each other, as far as the trials tell them apart. The number of pairs
 * grows with the square of the number of services, so that from some number on only neighbours in the order of the
 * report are shown, and what the reader asks for. */
#ifndef TWOFOLD_REPORT_STANDING_PAIR_TABLE_H
#define TWOFOLD_REPORT_STANDING_PAIR_TABLE_H

#include "analysis/finding.h"
#include "base/error.h"
#include "report/text/page.h"

/* All pairs of up to so many services are shown. */
#define PAIR_TABLE_SERVICES 8
#define PAIR_TABLE_ALL      "all"

/* Whether `wanted` names services of the run. It is what the reader asks for: PAIR_TABLE_ALL; the names of two services
 * or more, separated by commas: each two of these; one name: this service with every other one; NULL: nothing. An
 * unknown name is ERROR_INPUT. */
int pair_table_check(const char *wanted, const struct findings *findings, struct error *err);

/* Appends the table. Names that the run does not have are passed over. */
void pair_table_write(struct page *page, const struct findings *findings, const char *wanted);

#endif
