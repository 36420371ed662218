/* judging: what the tests of the verdict share: a healthy step, the usual limits, and a step judged in one call. */
#ifndef TWOFOLD_TESTS_SUPPORT_JUDGING_H
#define TWOFOLD_TESTS_SUPPORT_JUDGING_H

#include "analysis/usage/step_usage.h"
#include "analysis/verdict/verdict.h"
#include "step_builder.h"

#include <stdint.h>

#define MS  UINT64_C(1000000)
#define MIB 1048576.0

/* p99 50 ms, 0.1 % errors, 95 % throughput, 512 MiB. */
extern const struct limits usual_limits;

/* 500 requests an interval, 10,000 in all. */
struct step_builder healthy_step(void);

/* The verdict on the record, with its usage found for JUDGING_CORES service cores. `traffic` may be NULL. */
#define JUDGING_CORES 2
struct step_verdict judge_record(const struct step_record *record, const struct limits *limits,
                                 const struct traffic *traffic, bool cores_shared);

struct step_verdict judged(const struct step_builder *builder, const struct limits *limits);

/* Fail the test unless the step passes; unless it breaks with the named limits in this order and no others; unless
 * `limit` alone broke, `at_ms` into the measured part. */
void check_passes(const struct step_builder *builder, const struct limits *limits);
void check_order(const struct step_verdict *verdict, const enum limit *order, size_t count);
struct breach check_breaks(const struct step_builder *builder, const struct limits *limits, enum limit limit,
                           uint64_t at_ms);

/* Fail the test unless the step is invalid for this reason and for no other (its verdict is returned); unless it is
 * valid, and its verdict is that. */
struct step_verdict check_invalid(const struct step_builder *builder, const struct limits *limits,
                                  enum invalidity only);
void check_valid(const struct step_builder *builder, const struct limits *limits, enum verdict expected);

/* Checks that what the step observed is within every limit, whether it decides so or not. */
void check_within(const struct step_builder *builder, const struct limits *limits);

/* Checks that the step observed the violation of this limit on requests and of no other, first at `at_ms`, whether it
 * decides so (a break) or not. Returns it. */
struct breach check_violated(const struct step_builder *builder, const struct limits *limits, enum limit limit,
                             uint64_t at_ms);

/* Fails the test at the first figure that differs. */
void check_same_host(const struct host_usage *a, const struct host_usage *b);

#endif
