/* outcome: what the condition of a --fail-if comes to. */
#ifndef TWOFOLD_REPORT_GATE_OUTCOME_H
#define TWOFOLD_REPORT_GATE_OUTCOME_H

/* From the best to the worst. */
enum condition_outcome {
    CONDITION_CLEAR,      /* it does not hold */
    CONDITION_NOT_JUDGED, /* for some service, or for all */
    CONDITION_HELD,
};

#endif
