/* comparison_condition: the condition of `compare --fail-if`, which lets a machine reject a version that is worse:
 *
 *     condition = figure ("<" | ">") [ "+" | "-" ] number "%"
 *     figure    = "capacity" | "relative" | "cpu" | "memory" | "p99"
 *
 * without spaces: 'capacity<-10%', 'p99>+20%', 'memory>15%'. The number is the change from run A to run B. A condition
 * that would hold where nothing changed is refused: 'capacity<10%', the minus forgotten, and 'cpu>-5%'. The condition
 * is checked for every service that both runs have, and holds as soon as it holds for one:
 *
 * - if no difference is seen (~), it does not hold, however far apart the figures are;
 * - if a difference is seen, the estimated change decides;
 * - if there is one run a side, or too few trials to see any difference, the plain change decides nevertheless, and
 *   what is said of it warns that it can hold by chance. A check that can never fail would be worse than one that fails
 *   by chance; several runs a side make it reliable.
 *
 * A service cannot be judged if run A has figures of it and run B has none although it was asked for it (it could not
 * be built, or no step was valid). Neither can a figure that one of the runs lacks. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_CONDITION_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_CONDITION_H

#include "analysis/comparison/comparison.h"
#include "base/error.h"
#include "base/text.h"
#include "report/gate/outcome.h"

#include <stdbool.h>

struct comparison_condition {
    enum compared compared;
    bool above;    /* '>' */
    double change; /* a share: -0.1 for "-10%" */
};

/* ERROR_INPUT says what was expected. */
int comparison_condition_read(struct comparison_condition *condition, const char *text, struct error *err);

/* Check the condition on a comparison of two runs. Returns the worst outcome of all services. Appends a line to
 * `why` for each service: what changed, and what that is worth where there are too few trials or runs. */
enum condition_outcome comparison_condition_judge(const struct comparison_condition *condition,
                                                  const struct comparison *comparison, struct text *why);

#endif
