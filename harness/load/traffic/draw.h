/* draw: draws the values of a scenario for one thread of the generator: numbers, words and lines, from a seed, one for
 * each request. */
#ifndef TWOFOLD_LOAD_TRAFFIC_DRAW_H
#define TWOFOLD_LOAD_TRAFFIC_DRAW_H

#include "base/random.h"
#include "base/text.h"
#include "plan/step.h"
#include "plan/traffic/value.h"

#include <stdint.h>

/* Zipf numbers by rejection-inversion: constant time and memory whatever the range. Source: Hörmann and Derflinger,
 * "Rejection-inversion to generate variates from monotone discrete distributions", 1996. */
struct zipf {
    double exponent, h_first, h_last, cut;
    uint64_t count;
};

void zipf_init(struct zipf *zipf, uint64_t count, double exponent);
uint64_t zipf_draw(const struct zipf *zipf, struct random *random); /* 1 … count */

struct draw {
    const struct value *value; /* borrowed */
    struct zipf zipf;
    int64_t level;    /* what VALUE_LEVEL gives */
    uint64_t span;    /* how many integers a range has, its ends among them */
    uint64_t next;    /* VALUE_SEQUENCE: how far the next number is from low; whoever deals requests out to threads
                       * sets it */
    struct text list; /* VALUE_NUMBERS: all the numbers, each followed by a comma */
};

/* Ready to draw in a step, the same for every thread. The value is borrowed. */
void draw_init(struct draw *draw, const struct value *value, const struct planned_step *step);
void draw_release(struct draw *draw);

/* Draw once and append what was drawn as plain text. */
void draw_next(struct draw *draw, struct random *random, struct text *out);

/* Append a number in decimal. */
void draw_integer(int64_t number, struct text *out);

#endif
