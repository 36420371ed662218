/* expectation: what the scenario expects of a request: success, or that the service rejects it. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_EXPECTATION_H
#define TWOFOLD_ANALYSIS_VERDICT_EXPECTATION_H

#include "plan/traffic/traffic.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stddef.h>

enum expectation {
    EXPECT_ANY,     /* all requests, whatever is expected of them */
    EXPECT_SUCCESS, /* anything but a 4xx is expected */
    EXPECT_ERROR,   /* a 4xx is expected */
};

const char *expectation_name(enum expectation expectation); /* "all", "expected_success", "expected_error" */

/* What is expected of the request class number `index` of the record. EXPECT_SUCCESS where `traffic` is NULL or has
 * another class at this place, as it may for a run log from elsewhere. */
enum expectation expectation_of(const struct traffic *traffic, const struct load_record *load, size_t index);

/* Whether the record has a class of which an error is expected. */
bool expectation_of_errors(const struct traffic *traffic, const struct load_record *load);

#endif
