/* admission: a built backend started, verified, and stopped. It is held to what its manifest names: the operations of
 * the sample contract, its own verifier, or both; where it names neither, the first response to each request of the
 * scenario must be as that expects. */
#ifndef TWOFOLD_BENCH_SERVICE_ADMISSION_H
#define TWOFOLD_BENCH_SERVICE_ADMISSION_H

#include "base/error.h"
#include "base/text.h"
#include "bench/run.h"
#include "contract/verify/verify.h"
#include "plan/manifest/manifest.h"

#include <stdbool.h>
#include <stdint.h>

struct admission_options {
    const struct run *run;           /* its scenario (NULL: none), cores, dependencies and stop are used */
    const struct manifest *manifest; /* built */
    uint64_t seed;                   /* of the random requests */
    uint64_t idle_ns;                /* also check that a connection survives being idle for so long; 0: do not */
};

/* What was found. */
struct admission {
    const char *verified; /* by what: "contract", "verifier", "contract and verifier", "first responses"; "ready":
                           * nothing was asked but that it is ready. Static */
    bool has_contract;    /* it was held to the contract, and there is `contract` */
    struct verify_result contract;
    char *fault;  /* what its own verifier says, or how the first response to a request differs; NULL: nothing */
    char *ended;  /* "exited with status 3": the service did while it was verified; NULL: it did not */
    char *output; /* the last that it wrote, at most 2 KiB, secrets cut; "" when nothing */
};

/* Fails when the backend cannot be started (the error quotes its last output), when it listens on all addresses of the
 * machine, and when stopped. What else there is to find is in `ret_admission`, which the caller releases. Before it the
 * dependencies are restored; where one fails meanwhile, the backend is started and verified again. When that does not
 * help, this fails, and health_is_good (bench/dependency/health.h) is false: then it says nothing about the backend. */
int admission_check(const struct admission_options *options, struct admission *ret_admission, struct error *err);
void admission_release(struct admission *admission);

/* Whether it may take part. */
bool admission_is_good(const struct admission *admission);

/* Why it may not, in short, on the heap: the first difference in full, or the last output of one that ended. NULL where
 * it may. */
char *admission_reason(const struct admission *admission);

/* Append all that was found: what is fine and what is not, and last what the service itself wrote. */
void admission_write(const struct admission *admission, struct text *out);

#endif
