/* neighbour: other runs of twofold on this machine, which disturb each other's measurements. A run claims the machine
 * while it lasts; the claims of one network namespace see each other. */
#ifndef TWOFOLD_HOST_MACHINE_NEIGHBOUR_H
#define TWOFOLD_HOST_MACHINE_NEIGHBOUR_H

/* Claims the machine until the descriptor *ret_claim is closed or the process ends; -1: no more claims are counted.
 * Returns how many others there are. The processes that this one starts do not take the claim over. */
unsigned neighbour_claim(int *ret_claim);

#endif
