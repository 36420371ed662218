/* wrong_work: the summary, the search and the fan-out of the wrong service. Where the harness's upstream would be
 * asked, it takes what that would answer. */
#ifndef TWOFOLD_TESTS_SUPPORT_WRONG_WORK_H
#define TWOFOLD_TESTS_SUPPORT_WRONG_WORK_H

#include "wrong_catalog.h"

/* The upstream of a wrong service fails so many calls of a million. */
#define WRONG_FAILING 50000

void wrong_work_summarize(struct wrong_catalog *catalog, const struct wrong_request *request,
                          struct wrong_response *response);
void wrong_work_search(struct wrong_catalog *catalog, const struct wrong_request *request,
                       struct wrong_response *response);
void wrong_work_fan_out(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response);

#endif
