/* report_table: the rows that a service of the contract reports on, and the right report of the first of them. Pure. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CHECKS_REPORT_TABLE_H
#define TWOFOLD_CONTRACT_VERIFY_CHECKS_REPORT_TABLE_H

#include <jansson.h>
#include <stdint.h>

enum { REPORT_REGIONS = 24, REPORT_TERMS = 16, REPORT_ROWS_LEAST = 1000 };

struct report_row {
    uint32_t region; /* below REPORT_REGIONS */
    uint32_t amount_cents;
    uint32_t x[REPORT_TERMS]; /* what the amount is explained by; x[0] is 1 */
};

/* Row `index`, from 0, by the rule of the contract. */
struct report_row report_row(uint32_t index);

/* The report of the first `rows` rows, at least REPORT_ROWS_LEAST, as a service would return it; what is exact are
 * integers, the rest are reals. A new reference. */
json_t *report_make(uint64_t rows);

#endif
