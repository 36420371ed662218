/* verify_case: a fault of the wrong service, and that verify finds it and says so. */
#ifndef TWOFOLD_TESTS_SUPPORT_VERIFY_CASE_H
#define TWOFOLD_TESTS_SUPPORT_VERIFY_CASE_H

#include "contract/verify/rule.h"
#include "contract/verify/verify.h"
#include "wrong_service.h"

struct verify_case {
    enum fault fault;
    enum rule rule;   /* the sentence that it breaks */
    const char *name; /* of the test */
    const char *came; /* part of what is told, or NULL */
};

/* Quick, of the catalog only. */
struct verify_options verify_case_options(const char *url);

/* The test fails when it cannot be run. */
void verify_case_run(const struct verify_options *options, struct verify_result *ret_result);
void verify_case_fail(const char *why, const struct verify_result *result);

/* The first difference under this rule, or NULL. */
const struct verify_difference *verify_case_find(const struct verify_result *result, enum rule rule);

/* Run these checks against a service with the fault: they must find it. */
void verify_case_check(const struct verify_case *fault, struct verify_options *options, struct wrong_service *service);

/* What the services of the tests are given: an upstream, a database, a model, a table and accounts. */
void verify_case_give_all(struct verify_options *options);

/* The same as verify_case_check, of these operations, with all that they need. */
void verify_case_check_among(const struct verify_case *fault, char *const *operations);

#endif
