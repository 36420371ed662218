/* advice: what about this machine spoils a measurement, and the command that mends it. Pure: facts in, advice out. */
#ifndef TWOFOLD_HOST_MACHINE_ADVICE_H
#define TWOFOLD_HOST_MACHINE_ADVICE_H

#include "host/machine/facts.h"

#include <stddef.h>

enum advice_severity {
    ADVICE_NOTE,    /* worth knowing when reading the numbers */
    ADVICE_WARNING, /* the numbers are worse for it */
};

struct advice {
    enum advice_severity severity;
    char *text;    /* one sentence, with the figure behind it */
    char *command; /* for a shell; NULL: there is none */
};

struct advice_list {
    struct advice *items;
    size_t count;
};

/* All advice, warnings first. What is unknown leads to no advice. Release with advice_release. */
void advice_make(struct advice_list *list, const struct facts *facts);
void advice_release(struct advice_list *list);

#endif
