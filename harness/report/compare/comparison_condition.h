/* comparison_condition: what `compare --fail-if` holds against two runs, so that a machine can refuse a version that is worse:
 *
 *     condition = figure ("<" | ">") [ "+" | "-" ] number "%"
 *     figure    = "capacity" | "relative" | "cpu" | "memory" | "p99"
 *
 * without spaces: 'capacity<-10%', 'p99>+20%', 'memory>15%'. The number is the change of B from A. It is asked of every
 * service that both runs have, and holds as soon as it holds for one:
 *
 * - where no difference is seen (~), it does not hold, however far apart the figures are;
 * - where one is seen, the estimated change decides;
 * - where there are too few trials to see any (one each, say), the plain change decides all the same: a check that could
 *   never fail would be worse than one that fails by chance, and four trials each make it sure.
 *
 * A service that A has figures of and B has none although it was asked for them (it could not be built, no step was
 * valid) cannot be judged, and neither can a figure that one of them lacks. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_CONDITION_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_CONDITION_H

#include "analysis/comparison/comparison.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

struct comparison_condition {
    enum compared compared;
    bool above;    /* '>' */
    double change; /* a share: -0.1 for "-10%" */
};

enum condition_outcome {
    CONDITION_CLEAR,
    CONDITION_NOT_JUDGED, /* of some service, or of all */
    CONDITION_HELD,
};

/* ERROR_INPUT says what was expected. */
int comparison_condition_read(struct comparison_condition *condition, const char *text, struct error *err);

/* Of a comparison of two runs; the worst of all services. Appends a line to `why` for each that it holds for or that
 * cannot be judged. */
enum condition_outcome comparison_condition_judge(const struct comparison_condition *condition,
                                                  const struct comparison *comparison, struct text *why);

#endif
