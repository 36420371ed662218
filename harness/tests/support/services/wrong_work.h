/* wrong_work: summary, search and fan-out of the wrong service. It computes what the harness's upstream would respond
 * instead of asking it. */
#ifndef TWOFOLD_TESTS_SUPPORT_WRONG_WORK_H
#define TWOFOLD_TESTS_SUPPORT_WRONG_WORK_H

#include "wrong_catalog.h"

/* Calls out of a million that the upstream of a wrong service fails. */
#define WRONG_FAILING 50000

void wrong_work_summarize(struct wrong_catalog *catalog, const struct wrong_request *request,
                          struct wrong_response *response);
void wrong_work_search(struct wrong_catalog *catalog, const struct wrong_request *request,
                       struct wrong_response *response);
void wrong_work_fan_out(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response);

#endif
