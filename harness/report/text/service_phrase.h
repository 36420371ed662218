/* service_phrase: what is told of a service behind its name. Each function appends to `out`. */
#ifndef TWOFOLD_REPORT_TEXT_SERVICE_PHRASE_H
#define TWOFOLD_REPORT_TEXT_SERVICE_PHRASE_H

#include "base/text.h"
#include "record/run_log.h"

/* " (Go, net/http)", " (Rust, axum, tuned)": as far as it is told. */
void service_phrase_stack(struct text *out, const struct backend_record *record);

/* ", verified by its first responses". Nothing for a sample service, which is held to its contract. */
void service_phrase_verified(struct text *out, const struct backend_record *record);

#endif
