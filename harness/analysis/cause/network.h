/* network: whether the way between a broken step's generators and its service was the reason: the rate of its host's
 * link was used up, or what its host sent was lost on the way and had to be sent again.
 *
 * That a link carries no more while the load doubles says nothing by itself: a service that waits for a lock sends no
 * more either. So the bytes are shown, and what names the cause is the rate of the link where it is known, and
 * otherwise what was lost. A link that is full where nothing of this is seen (at the generators' end, towards the
 * service; by a limit in the kernel of the service's own host, which TCP does not count as loss) is not named.
 */
#ifndef TWOFOLD_ANALYSIS_CAUSE_NETWORK_H
#define TWOFOLD_ANALYSIS_CAUSE_NETWORK_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* Responses were late, it did not wait for a core, and the link was full, or its host sent TCP segments again: 50 and
 * two for a hundred responses at least, where no accept queue overflowed, which lets segments be sent again as well.
 * Nothing is lost on loopback. */
bool network_found(const struct symptoms *symptoms);

/* What the link carried at half the load or less, in bytes a second; NAN: not known. */
double network_before(const struct symptoms *symptoms);

#endif
