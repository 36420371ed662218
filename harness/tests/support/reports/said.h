/* said: which services the conclusion of a report names, and as what, read back from its sentences. */
#ifndef TWOFOLD_TESTS_SUPPORT_SAID_H
#define TWOFOLD_TESTS_SUPPORT_SAID_H

#include "analysis/finding.h"
#include "random_findings.h"

#include <stdbool.h>
#include <stddef.h>

/* Services by their number in the findings, one bit each. */
typedef unsigned service_set;

bool said_has(service_set some, size_t number);

/* The name of service number `number`. */
const char *said_name(const struct findings *findings, size_t number);

/* What the conclusion says. */
struct said {
    service_set first, longest;
    service_set open_low, open; /* whether they hold so much, or how far they would have gone, is not known */
    service_set alike[RANDOM_SERVICES_MOST]; /* by service: those that it "is not told apart from" */
};

void said_read(const struct findings *findings, const char *conclusion, struct said *ret_said);

#endif
