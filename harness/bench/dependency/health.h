/* health: whether the dependencies are well, and making them well again. What goes wrong with one is remembered until
 * it is mended, so that a fault which is over at the next look still counts. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_HEALTH_H
#define TWOFOLD_BENCH_DEPENDENCY_HEALTH_H

#include "bench/dependency/dependencies.h"

#include <stdbool.h>

/* Looks at the processes of each and at the connections to it, without asking it anything. Takes under a millisecond.
 */
void health_look(struct dependencies *dependencies);

/* The same for one of them, whose processes were read a moment ago. */
void health_look_at(struct dependencies *dependencies, struct watched *watched);

/* Remembers a fault. The first one stands. */
void health_note(struct watched *watched, enum dependency_fault fault);

/* Whether nothing is known to be wrong. */
bool health_is_good(const struct dependencies *dependencies);

/* Appends what is wrong, as "PostgreSQL was stopped". */
void health_describe(const struct dependencies *dependencies, struct text *out);

/* Makes everything ready for a service that begins: looks, mends what is not well, and makes the tables anew with
 * `orders` orders in them. No service may run meanwhile. Fails when a dependency cannot be mended, or is not well when
 * it was: what is wrong then stays remembered. */
int health_restore(struct dependencies *dependencies, unsigned orders, struct error *err);

#endif
