/* response_fault: what made a response no HTTP, and where. */
#ifndef TWOFOLD_LOAD_TRANSPORT_RESPONSE_FAULT_H
#define TWOFOLD_LOAD_TRANSPORT_RESPONSE_FAULT_H

#include <stdint.h>

struct response_fault {
    const char *why; /* a phrase that is never freed; NULL: there is no fault */
    uint64_t at;     /* which byte of the response it was, from 0 on */
    int byte;        /* that byte; -1: it is no matter of one byte */
};

#endif
