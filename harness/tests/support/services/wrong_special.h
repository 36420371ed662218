/* wrong_special: the operations of the wrong service that have a scenario of their own. The model and the table are
 * what the tests give to verify: the cases of the tree, and WRONG_TABLE_ROWS rows. */
#ifndef TWOFOLD_TESTS_SUPPORT_WRONG_SPECIAL_H
#define TWOFOLD_TESTS_SUPPORT_WRONG_SPECIAL_H

#include "wrong_catalog.h"

#define WRONG_MODEL_CASES SOURCE_FOLDER "/backends/contract/model/cases.json"
#define WRONG_TABLE_ROWS  3000
#define WRONG_TOKEN_KEY   "a key of tests that nobody else has"

/* Each returns whether the request was its own. */
bool wrong_model_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response);
bool wrong_members_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                          struct wrong_response *response);
bool wrong_report_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                         struct wrong_response *response);
bool wrong_pages_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response);

#endif
