/* order: in which order the services of a run take their trials. A block is one trial of every service. A machine
 * drifts: it warms up, and its neighbours come and go. So no service may stand at one place of its blocks more often
 * than another, nor always behind the same one.
 *
 * The blocks are the rows of a Latin square: over every `backends` blocks each service stands once at each place. For
 * an even number of services it is the square of E. J. Williams ("Experimental designs balanced for the estimation of
 * residual effects of treatments", Australian Journal of Scientific Research A 2 (1949), 149-168), in which each
 * service follows each other one equally often; and every second block is the one before it turned round, so that the
 * mean place of all services is the same after any even number of blocks. For an odd number that needs two squares: the
 * second one is the first one turned round. Which service is which, and the order of the rows, come from the seed. */
#ifndef TWOFOLD_PLAN_ORDER_H
#define TWOFOLD_PLAN_ORDER_H

#include "base/random.h"

#include <stddef.h>

/* Fills `blocks` times `backends` places of `ret_order` with the indices 0 … backends - 1. More blocks keep the order
 * of the first ones. `random` is used up. */
void order_make(size_t *ret_order, size_t blocks, size_t backends, struct random *random);

#endif
