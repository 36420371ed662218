/* memory_pressure: whether memory was behind a broken step: above its limit, at the limit of its control group, or
 * swapped out. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_MEMORY_PRESSURE_H
#define TWOFOLD_ANALYSIS_CAUSE_MEMORY_PRESSURE_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* Memory was the first limit to break: that it is above the limit is evidence enough, whenever it was taken. */
bool memory_pressure_broke(const struct symptoms *symptoms);

/* The kernel killed a process of the service because its control group had no memory left. */
bool memory_pressure_killed(const struct symptoms *symptoms);

/* The service's memory was at the limit of its control group, or swapped out, and it had to wait for pages to come
 * back from a disk. */
bool memory_pressure_paged(const struct symptoms *symptoms);

/* What it holds more than before any load for each open connection, in bytes. 0: not known, or the connections are too
 * few to say so. */
double memory_pressure_per_connection(const struct symptoms *symptoms);

#endif
