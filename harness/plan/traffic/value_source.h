/* value_source: values that come from outside the scenario: lines of a file, rows of a CSV file, and the environment.
 * Each function reads one into `value`, which is released by the caller on failure, too. Nothing outside is looked at
 * where tables->folder is NULL. */
#ifndef TWOFOLD_PLAN_TRAFFIC_VALUE_SOURCE_H
#define TWOFOLD_PLAN_TRAFFIC_VALUE_SOURCE_H

#include "plan/traffic/value.h"

/* "file": a path at `at`. */
int value_source_lines(struct value *value, const struct json_at *at, struct csv_tables *tables, struct error *err);

/* {"csv": [path, column], "order": …, "number": …} at `at`. */
int value_source_csv(struct value *value, const struct json_at *at, struct csv_tables *tables, struct error *err);

/* "env": the name of a variable at `at`. What it holds is a secret from then on (base/secret.h). */
int value_source_env(struct value *value, const struct json_at *at, struct csv_tables *tables, struct error *err);

#endif
