/* traffic: what is sent, whatever the rate: a weighted mix of requests whose paths and bodies have places for values,
 * and the values that fill them. Plain data, read from a scenario file; load/ turns it into bytes. */
#ifndef TWOFOLD_PLAN_TRAFFIC_TRAFFIC_H
#define TWOFOLD_PLAN_TRAFFIC_TRAFFIC_H

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "plan/traffic/pattern.h"
#include "plan/traffic/request.h"
#include "plan/traffic/user_session.h"
#include "plan/traffic/value.h"

#include <stdbool.h>
#include <stddef.h>

struct traffic {
    struct request *requests;
    size_t request_count;
    struct value *values;
    size_t value_count;
    struct csv_table *tables; /* the CSV files of its values */
    size_t table_count;
    struct user_session *sessions; /* what users do; none: requests are drawn by their weights */
    size_t session_count;
};

/* Read the members "requests" and (optional) "values" and "sessions" of the scenario object at `scenario`. Nothing is
 * kept on failure. A value that no request uses, a place for a value that does not exist, and a file that holds what a
 * header cannot are refused. `folder` is where files named by values are looked for; with NULL they are not opened, nor
 * is the environment read, and such values have nothing to give. */
int traffic_read(struct traffic *traffic, const struct json_at *scenario, const char *folder, struct error *err);

/* Whether every environment variable that a value names is set, and holds what its places can: ERROR_INPUT names the
 * value and the variable. Asked before anything is sent: a scenario can be read, planned and reported without them. */
int traffic_need_env(const struct traffic *traffic, struct error *err);

/* One request of `path`, taken literally, and nothing else. It is called by its method in lower case. */
void traffic_init_one(struct traffic *traffic, const char *method, const char *path);

/* The same as a GET: what `twofold load URL` sends. */
void traffic_init_get(struct traffic *traffic, const char *path);

/* Give a header to every request that has none of that name. */
void traffic_add_header(struct traffic *traffic, const char *name, const char *value);

/* Whether one of its requests has the value with this index in its path, its headers or its body. */
bool traffic_sends(const struct traffic *traffic, size_t value);

/* The share of a request among those that are sent, in the mean: by the weights, or by what users do. */
double traffic_share(const struct traffic *traffic, size_t request);

/* Append the method and the path of one of the requests as the scenario has them: "GET /items/{id}". */
void traffic_write_request(const struct traffic *traffic, const struct request *request, struct text *out);

void traffic_release(struct traffic *traffic);

#endif
