/* run_fields: the tables of fields (record/fields.h) of all structs in a run log, for its writer and its reader. */
#ifndef TWOFOLD_RECORD_RUN_FIELDS_H
#define TWOFOLD_RECORD_RUN_FIELDS_H

#include "record/fields.h"

extern const struct field run_fields[], machine_fields[], calibration_fields[], backend_fields[], memory_fields[];
extern const struct field step_fields[], load_fields[], histogram_fields[], tally_fields[], interval_fields[];
extern const struct field wrong_response_fields[], session_tally_fields[], slow_tally_fields[], stall_fields[],
    status_count_fields[];
extern const struct field sample_fields[], runtime_fields[], death_fields[], end_fields[];
extern const struct field forecast_fields[], expected_fields[], calibration_record_fields[], trial_fields[],
    resume_fields[];
extern const struct field request_fields[], dependency_fields[], dependency_load_fields[], dependency_sample_fields[];
extern const struct field call_sample_fields[], session_sample_fields[];
extern const struct field audit_fields[], audit_count_fields[], upstream_audit_fields[], database_audit_fields[];

#endif
