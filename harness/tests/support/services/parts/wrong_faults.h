/* wrong_faults: how the wrong service fails when it is asked to. */
#ifndef TWOFOLD_TESTS_SUPPORT_PARTS_WRONG_FAULTS_H
#define TWOFOLD_TESTS_SUPPORT_PARTS_WRONG_FAULTS_H

#include "wrong_service.h"

/* The status of the response to POST /fault with this query; 0: the connection ends instead. */
int wrong_faults_status(enum fault fault, const char *query);

#endif
