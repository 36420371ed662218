/* network: whether the way between a broken step's generators and its service was the reason: what its host sent was
 * lost on the way and had to be sent again, as where the rate of a link is used up. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_NETWORK_H
#define TWOFOLD_ANALYSIS_CAUSE_NETWORK_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* Responses were late, its host sent TCP segments again, 50 and two for a hundred responses at least, its cores had
 * time left, and no accept queue overflowed, which lets segments be sent again as well. Nothing is lost on loopback. */
bool network_found(const struct symptoms *symptoms);

#endif
