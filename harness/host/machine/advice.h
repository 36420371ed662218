/* advice: what on this machine will spoil a measurement, and the command that mends it. Pure: facts in, findings out.
 */
#ifndef TWOFOLD_HOST_MACHINE_ADVICE_H
#define TWOFOLD_HOST_MACHINE_ADVICE_H

#include "host/machine/facts.h"

#include <stddef.h>

enum advice_severity {
    ADVICE_NOTE,    /* good to know when reading the numbers */
    ADVICE_WARNING, /* the numbers suffer */
};

struct advice {
    enum advice_severity severity;
    char *text;    /* one sentence, with the figure that it rests on */
    char *command; /* to type into a shell; NULL: there is none */
};

struct advice_list {
    struct advice *items;
    size_t count;
};

/* All there is to say, warnings first. What is not known is not held against the machine. */
void advice_make(struct advice_list *list, const struct facts *facts);
void advice_release(struct advice_list *list);

#endif
