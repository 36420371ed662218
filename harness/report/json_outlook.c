#include "report/json_outlook.h"

#include "report/json_value.h"

static json_t *errors_of(const struct foresight *foresight)
{
    json_t *object = json_object();

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        const struct signal_score *score = &foresight->scores[i];
        json_t *value = json_null();
        if (score->count > 0) {
            value = json_object();
            json_object_set_new(value, "steps", json_value_count(score->count));
            json_object_set_new(value, "median_error", json_value_number(score->median_error));
        }
        json_object_set_new(object, signal_name((enum signal)i), value);
    }
    return object;
}

static json_t *visible_of(const struct foresight *foresight)
{
    bool visible = foresight->steps_before > 0;
    json_t *object = json_object();

    json_object_set_new(object, "steps_before", json_value_count(foresight->steps_before));
    json_object_set_new(object, "level", visible ? json_value_count(foresight->seen_at) : json_null());
    json_object_set_new(object, "signal", visible ? json_value_text(signal_name(foresight->signal)) : json_null());
    json_object_set_new(object, "in_spikes", visible ? json_boolean(foresight->in_spikes) : json_null());
    json_object_set_new(object, "seen", visible ? json_value_number(foresight->seen) : json_null());
    json_object_set_new(object, "limit", visible ? json_value_number(foresight->limit) : json_null());
    json_object_set_new(object, "expected", visible ? json_value_number(foresight->expected) : json_null());
    return object;
}

static json_t *next_of(const struct foresight *foresight)
{
    json_t *object = json_object();

    json_object_set_new(object, "level", json_value_count(foresight->next_level));
    json_object_set_new(object, "signal", json_value_text(signal_name(foresight->next_signal)));
    json_object_set_new(object, "expected", json_value_number(foresight->next_expected));
    json_object_set_new(object, "limit", json_value_number(foresight->next_limit));
    json_object_set_new(object, "breaks", json_boolean(foresight->next_expected > foresight->next_limit));
    return object;
}

json_t *json_outlook_forecast(const struct backend_finding *backend)
{
    const struct foresight *foresight = &backend->foresight;
    bool scored = false;
    json_t *object = json_object();

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        scored = scored || foresight->scores[i].count > 0;
    }
    if (!scored && !foresight->asked && !foresight->next_known) {
        json_decref(object);
        return json_null();
    }
    json_object_set_new(object, "errors", errors_of(foresight));
    json_object_set_new(object, "visible", foresight->asked ? visible_of(foresight) : json_null());
    json_object_set_new(object, "next", foresight->next_known ? next_of(foresight) : json_null());
    return object;
}

json_t *json_outlook_recovery(const struct backend_finding *backend)
{
    const struct recovery_finding *recovery = &backend->recovery;

    if (recovery->record == NULL) {
        return json_null();
    }
    json_t *object = json_object();
    json_object_set_new(object, "recovered", json_boolean(recovery->recovered));
    json_object_set_new(object, "after_ms",
                        recovery->recovered ? json_value_number((double)recovery->after_ns / 1e6) : json_null());
    json_object_set_new(object, "within_ms", json_value_number((double)recovery->within_ns / 1e6));
    json_object_set_new(object, "died", json_boolean(recovery->died));
    json_object_set_new(object, "idle_bytes", json_value_known(recovery->idle_bytes, 0));
    json_object_set_new(object, "first_step_bytes", json_value_known(recovery->first_bytes, 0));
    json_object_set_new(object, "highest_bytes", json_value_known(recovery->highest_bytes, 0));
    json_object_set_new(object, "held_bytes", json_value_known(recovery->held_bytes, 0));
    return object;
}
