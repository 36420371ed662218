/* counter: how far a counter or a clock went from one reading to the next. */
#ifndef TWOFOLD_ANALYSIS_USAGE_COUNTER_H
#define TWOFOLD_ANALYSIS_USAGE_COUNTER_H

#include <stdint.h>

/* `to` - `from`, or 0 where `to` is smaller: a counter summed over processes falls when one of them ends. */
uint64_t counter_growth(uint64_t from, uint64_t to);

/* The same as a double, for shares and means. */
double counter_amount(uint64_t from, uint64_t to);

#endif
