/* caused: what the tests of the cause share: a slow step, and the cause of a step as the verdict has it. */
#ifndef TWOFOLD_TESTS_SUPPORT_CAUSED_H
#define TWOFOLD_TESTS_SUPPORT_CAUSED_H

#include "analysis/cause/cause.h"
#include "judging.h"

/* Latency breaks; the host's figures say why. */
struct step_builder slow_step(double cores, double busiest_thread);

/* The record judged by the usual limits, and the cause found with so many service cores. */
struct cause_finding cause_of_record(const struct step_record *record, unsigned cores);
struct cause_finding cause_of(const struct step_builder *builder, unsigned cores);

/* NULL where there is none of this name. */
const struct evidence *evidence_of(const struct cause_finding *finding, const char *key);

/* Fail the test unless this is the cause, or the evidence. */
void check_cause(const struct step_builder *builder, unsigned cores, enum cause expected);
void check_evidence(const struct cause_finding *finding, const char *key, double value);

#endif
