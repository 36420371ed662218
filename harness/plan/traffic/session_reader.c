#include "plan/traffic/session_reader.h"

#include "base/list.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SESSIONS_MOST = 64, STEPS_MOST = 64, CAPTURES_MOST = 16 };

static const int64_t weight_most = 1000000;

static const char *const session_keys[] = {"name", "weight", "values", "steps", NULL};
static const char *const step_keys[] = {"request", "think", "chance", "capture", "on_failure", NULL};
static const char *const failure_choices[] = {"end", "continue", NULL};

/* ---- values and captures ---------------------------------------------------------------------------------------- */

static struct value *find_value(const struct traffic *traffic, const char *name)
{
    for (size_t i = 0; i < traffic->value_count; i++) {
        if (strcmp(traffic->values[i].name, name) == 0) {
            return &traffic->values[i];
        }
    }
    return NULL;
}

static int declare_value(struct traffic *traffic, struct user_session *session, const struct json_at *at,
                         struct csv_tables *tables, struct error *err)
{
    struct value value;

    if (find_value(traffic, at->key) != NULL) {
        return json_reject(at, err, "a value or a capture has this name already; each needs its own");
    }
    if (value_read(&value, at, at->key, tables, err) != 0) {
        return -1;
    }
    value.scope = VALUE_OF_SESSION;
    *list_add(session->values, session->value_count) = traffic->value_count;
    *list_add(traffic->values, traffic->value_count) = value;
    if (value_follows_level(&value)) {
        return json_reject(at, err, "a level is no value of a user: users a second double");
    }
    return 0;
}

static int declare_values(struct traffic *traffic, struct user_session *session, const struct json_at *at,
                          struct csv_tables *tables, struct error *err)
{
    struct json_at values;
    const char *name;
    json_t *value;

    json_find(at, "values", &values);
    if (values.value != NULL && json_check_object(&values, NULL, err) != 0) {
        return -1;
    }
    json_object_foreach(values.value, name, value)
    {
        struct json_at member;
        json_find(&values, name, &member);
        if (declare_value(traffic, session, &member, tables, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Several steps, of one kind of user or of several, may capture the same value. */
static int declare_capture(struct traffic *traffic, struct capture *capture, const struct json_at *at,
                           struct error *err)
{
    struct value *value = find_value(traffic, at->key);

    if (value == NULL) {
        if (value_check_name(at, at->key, err) != 0) {
            return -1;
        }
        value = list_add(traffic->values, traffic->value_count);
        value->name = mem_string(at->key);
        value->type = VALUE_CAPTURED;
        value->scope = VALUE_OF_SESSION;
        value->number = capture->number;
    } else if (value->type != VALUE_CAPTURED) {
        return json_reject(at, err, "a value has this name already; a capture needs its own");
    } else if (value->number != capture->number) {
        return json_reject(at, err, "another step captures it as %s; both must be the same",
                           value->number ? "a number" : "text");
    }
    capture->value = (size_t)(value - traffic->values);
    return 0;
}

static int read_captures(struct traffic *traffic, struct session_step *step, const struct json_at *at,
                         struct error *err)
{
    struct json_at captures;
    const char *name;
    json_t *value;

    json_find(at, "capture", &captures);
    if (captures.value == NULL) {
        return 0;
    }
    if (json_check_object(&captures, NULL, err) != 0) {
        return -1;
    }
    if (json_object_size(captures.value) < 1 || json_object_size(captures.value) > CAPTURES_MOST) {
        return json_reject(&captures, err, "expected 1 to %d captures, found %zu", CAPTURES_MOST,
                           json_object_size(captures.value));
    }
    json_object_foreach(captures.value, name, value)
    {
        struct json_at member;
        struct capture capture;
        json_find(&captures, name, &member);
        if (capture_read(&capture, &member, err) != 0) {
            return -1;
        }
        struct capture *kept = list_add(step->captures, step->capture_count);
        *kept = capture;
        if (declare_capture(traffic, kept, &member, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- steps ------------------------------------------------------------------------------------------------------ */

/* The first step is the arrival. */
static int refuse_for_first(const struct json_at *at, const char *key, struct error *err)
{
    struct json_at member;

    json_find(at, key, &member);
    if (member.value == NULL) {
        return 0;
    }
    return json_reject(&member, err, "remove this key: a user arrives with the first step");
}

static int read_chance(struct session_step *step, const struct json_at *at, struct error *err)
{
    struct json_at member;

    step->chance = 1;
    json_find(at, "chance", &member);
    return member.value != NULL ? json_read_share(&member, &step->chance, err) : 0;
}

static int read_think(struct session_step *step, const struct json_at *at, struct error *err)
{
    struct json_at member;

    json_find(at, "think", &member);
    return member.value != NULL ? think_read(&step->think, &member, err) : 0;
}

static int read_on_failure(struct session_step *step, const struct json_at *at, struct error *err)
{
    struct json_at member;
    int choice = 0;

    json_find(at, "on_failure", &member);
    if (member.value != NULL && json_read_choice(&member, failure_choices, &choice, err) != 0) {
        return -1;
    }
    step->goes_on = choice == 1;
    if (step->goes_on && step->capture_count > 0) {
        return json_reject(&member, err,
                           "remove this key: where this step fails it has captured nothing to go on with");
    }
    return 0;
}

static int read_step(struct traffic *traffic, struct session_step *step, const struct json_at *at, struct error *err)
{
    if (json_check_object(at, step_keys, err) != 0) {
        return -1;
    }
    if (at->index == 0 && (refuse_for_first(at, "think", err) != 0 || refuse_for_first(at, "chance", err) != 0)) {
        return -1;
    }
    if (read_chance(step, at, err) != 0 || read_think(step, at, err) != 0 ||
        read_captures(traffic, step, at, err) != 0) {
        return -1;
    }
    return read_on_failure(step, at, err);
}

static int read_steps(struct traffic *traffic, struct user_session *session, const struct json_at *at,
                      struct error *err)
{
    struct json_at steps;

    if (json_need(at, "steps", "[{\"request\": \"login\"}]", &steps, err) != 0 ||
        json_check_array(&steps, 1, STEPS_MOST, err) != 0) {
        return -1;
    }
    session->steps = mem_new(json_count(&steps), sizeof *session->steps);
    session->step_count = json_count(&steps);
    for (size_t i = 0; i < session->step_count; i++) {
        struct json_at step = json_element(&steps, i);
        if (read_step(traffic, &session->steps[i], &step, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- sessions --------------------------------------------------------------------------------------------------- */

static int read_name(struct traffic *traffic, struct user_session *session, const struct json_at *at, struct error *err)
{
    struct json_at name;
    const char *text;

    if (json_need(at, "name", "\"shopper\"", &name, err) != 0 || json_read_line(&name, &text, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < at->index; i++) {
        if (strcmp(traffic->sessions[i].name, text) == 0) {
            return json_reject(&name, err, "sessions[%zu] has the same name; each needs its own", i);
        }
    }
    session->name = mem_string(text);
    return 0;
}

static int read_weight(struct user_session *session, const struct json_at *at, struct error *err)
{
    struct json_at member;
    int64_t weight = 1;

    json_find(at, "weight", &member);
    if (member.value != NULL && json_read_integer(&member, 1, weight_most, &weight, err) != 0) {
        return -1;
    }
    session->weight = (uint32_t)weight;
    return 0;
}

int session_reader_declare(struct traffic *traffic, const struct json_at *at, struct csv_tables *tables,
                           struct error *err)
{
    if (at->value == NULL) {
        return 0;
    }
    if (json_check_array(at, 1, SESSIONS_MOST, err) != 0) {
        return -1;
    }
    traffic->sessions = mem_new(json_count(at), sizeof *traffic->sessions);
    traffic->session_count = json_count(at);
    for (size_t i = 0; i < traffic->session_count; i++) {
        struct json_at element = json_element(at, i);
        struct user_session *session = &traffic->sessions[i];
        if (json_check_object(&element, session_keys, err) != 0 || read_name(traffic, session, &element, err) != 0 ||
            read_weight(session, &element, err) != 0 || declare_values(traffic, session, &element, tables, err) != 0 ||
            read_steps(traffic, session, &element, err) != 0) {
            return -1;
        }
    }
    return 0;
}
