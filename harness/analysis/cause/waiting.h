/* waiting: whether requests of a broken step waited, and for what: for CPU that was not saturated on average, or for
 * something within the service while there was CPU to spare, as for a lock, a pool or a sleep. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_WAITING_H
#define TWOFOLD_ANALYSIS_CAUSE_WAITING_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* Responses were late, and the service did not use its cores for a good part of the time. Others may have. */
bool waiting_idle(const struct symptoms *symptoms);

/* CPU was not saturated on average, but requests came at random, and queueing for it explains their time. */
bool waiting_for_cores(const struct symptoms *symptoms);
bool waiting_for_thread(const struct symptoms *symptoms);

/* The service's threads got a core nearly whenever they could run: want of one is not what made responses late. False
 * where its threads were not read. */
bool waiting_without_delay(const struct symptoms *symptoms);

/* For something within the service, as far as anybody knows. */
bool waiting_within(const struct symptoms *symptoms);

/* What the service served did not grow while the load doubled, or fell behind what came, and neither its cores nor a
 * thread was full: something lets one request through after another, whatever share of CPU that takes. */
bool waiting_in_series(const struct symptoms *symptoms);

/* Responses a second at a load that is half as high or twice as high, where they are as many as here. 0: they are not,
 * or there was no such load. */
double waiting_flat_rps(const struct symptoms *symptoms);

#endif
