/* random: a small, fast, seeded generator (xoshiro256++, seeded by splitmix64; Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", 2021). The same seed and stream give the same numbers on every machine. */
#ifndef TWOFOLD_BASE_RANDOM_H
#define TWOFOLD_BASE_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state[4];
};

/* `stream` tells apart generators that share a seed (threads, steps, purposes). */
void random_init(struct random *random, uint64_t seed, uint64_t stream);

uint64_t random_next(struct random *random);

/* Uniform in the open interval (0, 1): safe to take the logarithm of. */
double random_unit(struct random *random);

/* Uniform in 0 … bound-1, without the bias of a plain remainder; bound 0 gives 0. */
uint64_t random_below(struct random *random, uint64_t bound);

#endif
