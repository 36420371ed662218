/* random: a small, fast, seeded generator of random numbers: xoshiro256++, seeded by splitmix64 (Blackman and Vigna,
 * "Scrambled linear pseudorandom number generators", ACM Transactions on Mathematical Software 47, 2021). The same seed
 * and stream give the same numbers on every machine. Not for secrets. */
#ifndef TWOFOLD_BASE_RANDOM_H
#define TWOFOLD_BASE_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state[4];
};

/* `stream` distinguishes generators that share a seed, such as those of threads, steps and purposes. */
void random_init(struct random *random, uint64_t seed, uint64_t stream);

uint64_t random_next(struct random *random);

/* Uniform in (0, 1). The ends are excluded, so that the logarithm can be taken. */
double random_unit(struct random *random);

/* Uniform in 0 … bound - 1, without the bias of a plain remainder. A bound of 0 gives 0. */
uint64_t random_below(struct random *random, uint64_t bound);

#endif
