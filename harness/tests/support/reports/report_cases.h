/* report_cases: made-up runs, one for every way in which a report has to find words. */
#ifndef TWOFOLD_TESTS_SUPPORT_REPORT_CASES_H
#define TWOFOLD_TESTS_SUPPORT_REPORT_CASES_H

#include "base/text.h"
#include "findings_builder.h"
#include "report/report.h"

#include <jansson.h>

struct report_case {
    const char *name; /* of its folder under cases/report */
    void (*build)(struct findings_builder *builder);
};

extern const char *const report_cases_catalog; /* the scenario of most of them */

extern const struct report_case report_cases[]; /* the last one's name is NULL */

const struct report_case *report_case_named(const char *name);

/* The report of the case; the caller releases it. */
struct text report_case_write(const struct report_case *report_case, enum report_format format,
                              const struct report_options *options);

/* Its JSON, which has to be well-formed; a new reference. */
json_t *report_case_json(const struct report_case *report_case);

#endif
