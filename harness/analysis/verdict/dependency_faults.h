/* dependency_faults: what failed, during a step, of what the service needs. Such a step says nothing about the service.
 */
#ifndef TWOFOLD_ANALYSIS_VERDICT_DEPENDENCY_FAULTS_H
#define TWOFOLD_ANALYSIS_VERDICT_DEPENDENCY_FAULTS_H

#include "base/text.h"
#include "record/run_log.h"

#include <stdbool.h>

/* `= {0}`: nothing failed. */
struct dependency_faults {
    enum dependency_fault upstream, database;
};

void dependency_faults_find(const struct step_record *step, struct dependency_faults *ret_faults);

/* The same of what was mended before the step. */
void dependency_faults_find_mended(const struct step_record *step, struct dependency_faults *ret_faults);

bool dependency_faults_any(const struct dependency_faults *faults);

/* Takes over what failed in another step, too. */
void dependency_faults_add(struct dependency_faults *faults, const struct dependency_faults *other);

/* Appends "its PostgreSQL was gone", and both with " and " between them where both failed. */
void dependency_faults_phrase(struct text *out, const struct dependency_faults *faults);

#endif
