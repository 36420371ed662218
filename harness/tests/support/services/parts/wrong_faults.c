#include "parts/wrong_faults.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

int wrong_faults_status(enum fault fault, const char *query)
{
    static const struct {
        const char *query;
        int status; /* 0: the connection ends */
    } kinds[] = {{"kind=panic", 500}, {"kind=timer", 202}, {"kind=stack", 0}, {"kind=memory", 200}, {"kind=abort", 0}};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(query, kinds[i].query) == 0) {
            bool hides = (fault == FAULT_SURVIVES_ABORT && i == 4) || (fault == FAULT_HIDES_PANIC && i == 0);
            bool loses = fault == FAULT_TIMER_IS_LOST && i == 1;
            if (hides) {
                return 200;
            }
            return loses ? 0 : kinds[i].status;
        }
    }
    return fault == FAULT_ANY_KIND ? 202 : 422;
}
